import type { ReactElement } from 'react'
import { RECORD_KINDS, type RecordKind } from '../tokens.ts'
import { useResource } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { RecordLink, Section } from '../ui/record.tsx'
import { Loaded } from '../ui/states.tsx'

/** One step of a record's origin (depth > 0) or of what was made from it (depth < 0). */
export interface LineageStep {
  depth: number
  kind: string
  id: string
  code: string
  name: string
  from_id: string | null
  relation: string | null
}

export function Lineage({ id }: { id: string }): ReactElement {
  const { session } = useLab()
  const steps = useResource(signal => session.call<LineageStep[]>('get_lineage', { record_id: id }, { signal }), [id])
  return (
    <Section title="Lineage">
      <Loaded resource={steps} isEmpty={steps => steps.every(step => step.depth === 0)} empty="Nothing is recorded before or after this.">
        {steps => (
          <div className="petri-Lineage">
            <Branch label="Comes from" steps={steps.filter(step => step.depth > 0)} />
            <Branch label="Made into" steps={steps.filter(step => step.depth < 0).reverse()} />
          </div>
        )}
      </Loaded>
    </Section>
  )
}

function Branch({ label, steps }: { label: string; steps: LineageStep[] }): ReactElement | null {
  if (steps.length === 0) return null
  return (
    <>
      <h3>{label}</h3>
      <ul className="petri-Lineage-steps">
        {steps.map(step => (
          <li key={`${step.id} ${step.from_id}`} style={{ '--petri-depth': Math.abs(step.depth) } as React.CSSProperties}>
            <span className="petri-Lineage-relation">{step.relation}</span>
            <StepName step={step} /> <span className="petri-Code">{step.code}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function StepName({ step }: { step: LineageStep }): ReactElement {
  const opens = (RECORD_KINDS as readonly string[]).includes(step.kind)
  return opens ? <RecordLink kind={step.kind as RecordKind} id={step.id}>{step.name}</RecordLink> : <span>{step.name}</span>
}
