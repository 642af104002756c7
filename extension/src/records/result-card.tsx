import type { ReactElement } from 'react'
import { formatTime } from '../ui/format.ts'
import { useResource } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { RecordLink } from '../ui/record.tsx'
import { Loaded } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { FigurePreview } from '../plotly/preview.tsx'
import type { Result, ResultValue } from './rows.ts'
import { ResultValues } from './result-values.tsx'

/** A result at a glance: its plot, its numbers, and the way to all of it. */
export function ResultCard({ result }: { result: Result }): ReactElement {
  const { session } = useLab()
  const values = useResource(signal => session.read<ResultValue>('result_values',
    { result_id: `eq.${result.id}`, order: 'id' }, { signal }), [result.id])
  return (
    <article className="petri-Card" data-petri-kind="result" data-petri-code={result.code} data-petri-name={result.name}>
      <header className="petri-Card-head">
        <h3><RecordLink kind="result" id={result.id}>{result.name}</RecordLink></h3>
        <Status status={result.status} />
      </header>
      <p className="petri-Card-detail"><span className="petri-Code">{result.code}</span> · {formatTime(result.created_at)}</p>
      {result.plot && <FigurePreview figure={result.plot} label={`Plot of ${result.name}`} />}
      <Loaded resource={values} isEmpty={values => values.length === 0} empty="Without numbers.">
        {values => <ResultValues values={values} />}
      </Loaded>
    </article>
  )
}
