import { useState, type ReactElement } from 'react'
import { Section } from '../ui/record.tsx'
import { ScanBox, type ScanWord } from '../ui/scan-box.tsx'
import { CONDITIONS, type Condition, type Item } from './rows.ts'
import { awaited, gaps, markMissing, say, scan, type Said, type Tally } from './tally.ts'

interface ReceiveProps {
  items: readonly Item[]
  tally: Tally
  onChange(tally: Tally): void
  onSave(): void
}

/** Ticks tubes as they are scanned; the last one stands large, with its condition one key away. */
export function Receive({ items, tally, onChange, onSave }: ReceiveProps): ReactElement {
  const [last, setLast] = useState<string>()
  const [word, setWord] = useState<ScanWord>()
  const [stray, setStray] = useState<string>()
  const left = awaited(tally, items)
  const said = Object.values(tally)
  const take = (typed: string): void => {
    const found = scan(tally, items, typed)
    setStray(found.scan === 'not on the list' ? found.code : undefined)
    setLast(found.scan === 'ticked' || found.scan === 'again' ? found.code : undefined)
    setWord(wordOf(found.scan, found.code))
    if (found.scan === 'ticked') onChange(found.tally)
  }
  const problems = gaps(tally)
  return (
    <Section title="Receive" count={standing(said, left.length)}>
      <div className="petri-Receive">
        <ScanBox label="Scan a tube" placeholder="The sender’s code" said={word} focused={left.length > 0} onScan={take} />
        {stray !== undefined && (
          <Stray code={stray} types={[...new Set(items.map(item => item.sample_type))]} onLeave={() => { setStray(undefined); setWord(undefined) }}
            onTake={sample_type => {
              onChange(say(tally, stray, { outcome: 'unexpected', condition: 'good', sample_type }))
              setLast(stray)
              setStray(undefined)
            }} />
        )}
        {last !== undefined && tally[last] && (
          <LastTube code={last} item={items.find(item => item.sender_code === last)} said={tally[last]} problem={problems[last]} onSay={next => onChange(say(tally, last, next))} />
        )}
      </div>
      <div className="petri-Form-actions petri-Receive-actions">
        {said.length > 0 && <button className="petri-Button petri-mod-primary" disabled={Object.keys(problems).length > 0} onClick={onSave}>Save what is ticked</button>}
        {left.length > 0 && said.length > 0 && (
          <button className="petri-Button" onClick={() => onChange(markMissing(tally, left.map(item => item.sender_code)))}>{left.length === 1 ? 'The one left is missing' : `The ${left.length} left are missing`}</button>
        )}
        {Object.entries(problems).map(([code, problem]) => <span key={code} className="petri-Problem">{code}: {problem}</span>)}
      </div>
    </Section>
  )
}

function standing(said: readonly Said[], left: number): string {
  if (said.length === 0 && left === 0) return 'nothing is awaited; what still turns up can be scanned'
  return `${said.filter(({ outcome }) => outcome !== 'missing').length} ticked, ${left} to go`
}

function wordOf(found: ReturnType<typeof scan>['scan'], code: string): ScanWord {
  if (found === 'ticked') return { text: `${code} is ticked.`, tone: 'good' }
  if (found === 'again') return { text: `${code} was ticked already.`, tone: 'warn' }
  if (found === 'received before') return { text: `${code} was received before.`, tone: 'warn' }
  return { text: `${code} is not on the list.`, tone: 'bad' }
}

/** The tube in the hand. */
function LastTube({ code, item, said, problem, onSay }: { code: string; item?: Item; said: Said; problem?: string; onSay(said: Said | undefined): void }): ReactElement {
  const note = (condition_note: string): void => onSay({ ...said, condition_note })
  return (
    <div className="petri-LastTube" aria-label="The last tube" role="group">
      <p><span className="petri-Code">{code}</span> <strong>{item?.name ?? 'not on the list'}</strong> {item?.sample_type ?? said.sample_type}</p>
      <ConditionChoice value={said.condition ?? 'good'} onChange={condition => onSay({ ...said, condition })} />
      {said.condition !== 'good' && (
        <input className="petri-Input" aria-label="What was seen" placeholder="What was seen" value={said.condition_note ?? ''} aria-invalid={problem !== undefined} onChange={event => note(event.target.value)} />
      )}
      <button className="petri-Link" onClick={() => onSay(undefined)}>Take back</button>
    </div>
  )
}

function ConditionChoice({ value, onChange }: { value: Condition; onChange(condition: Condition): void }): ReactElement {
  return (
    <div className="petri-Choices" role="radiogroup" aria-label="Condition">
      {CONDITIONS.map(condition => (
        <label key={condition} className="petri-Choices-one">
          <input type="radio" name="petri-condition" checked={condition === value} onChange={() => onChange(condition)} />{condition}
        </label>
      ))}
    </div>
  )
}

/** A tube that nobody announced. */
function Stray({ code, types, onTake, onLeave }: { code: string; types: string[]; onTake(sampleType: string): void; onLeave(): void }): ReactElement {
  const [type, setType] = useState(types.length === 1 ? types[0]! : '')
  return (
    <div className="petri-LastTube" role="group" aria-label="Not on the list">
      <p><span className="petri-Code">{code}</span> came along and is not on the list. Read its label again, or take it in.</p>
      <input className="petri-Input" aria-label="What kind of sample it is" placeholder="What kind of sample it is" value={type} list="petri-stray-types" onChange={event => setType(event.target.value)} />
      <datalist id="petri-stray-types">{types.map(known => <option key={known} value={known} />)}</datalist>
      <span className="petri-Form-actions">
        <button className="petri-Button" disabled={type.trim() === ''} onClick={() => onTake(type.trim())}>Take it in as unexpected</button>
        <button className="petri-Button" onClick={onLeave}>Leave it</button>
      </span>
    </div>
  )
}
