import { useEffect, type ReactElement } from 'react'
import { FigurePreview } from '../plotly/preview.tsx'
import { formatTime } from '../ui/format.ts'
import { useChanges, useResource } from '../ui/hooks.ts'
import { resultIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { Facts, RecordHead, RecordLink, Section } from '../ui/record.tsx'
import { Loaded } from '../ui/states.tsx'
import type { RecordViewProps } from './kinds.ts'
import { Lineage } from './lineage.tsx'
import { ResultValues } from './result-values.tsx'
import type { Analysis, Experiment, Result, ResultValue } from './rows.ts'
import { readOne } from './read-one.ts'

const TABLES = ['results'] as const

export function ResultView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const result = useResource(signal => readOne<Result>(session, 'results', id, signal), [id])
  useChanges(TABLES, () => void result.load())
  return <Loaded resource={result}>{row => <ResultPage result={row} onTitle={onTitle} />}</Loaded>
}

function ResultPage({ result, onTitle }: { result: Result; onTitle: RecordViewProps['onTitle'] }): ReactElement {
  const { id, code, name, status, plot } = result
  const { session } = useLab()
  useEffect(() => onTitle(name, code), [name, code])
  const values = useResource(signal => session.read<ResultValue>('result_values', { result_id: `eq.${id}`, order: 'id' }, { signal }), [id])
  return (
    <article className="petri-Page">
      <RecordHead icon={resultIcon} kind="result" label="Result" code={code} name={name} status={status} />
      {plot && <Section title="Plot"><FigurePreview figure={plot} label={`Plot of ${name}`} tall /></Section>}
      <Section title="Values">
        <Loaded resource={values} isEmpty={values => values.length === 0} empty="This result has no numbers.">
          {values => <ResultValues values={values} />}
        </Loaded>
      </Section>
      <Provenance result={result} />
      <Lineage id={id} />
    </article>
  )
}

function Provenance({ result }: { result: Result }): ReactElement {
  const { session } = useLab()
  const origin = useResource(async signal => {
    const [analysis, experiment] = await Promise.all([
      readOne<Analysis>(session, 'analyses', result.analysis_id, signal),
      readOne<Experiment>(session, 'experiments', result.experiment_id, signal),
    ])
    return { analysis, experiment }
  }, [result.id])
  return (
    <Section title="Where it comes from">
      <Loaded resource={origin}>
        {({ analysis, experiment }) => (
          <Facts facts={[
            ['Experiment', <RecordLink kind="experiment" id={experiment.id}>{experiment.name}</RecordLink>],
            ['Analysis', <>{analysis.title} <span className="petri-Code">{analysis.code}</span></>],
            ['Notebook', analysis.notebook],
            ['Source, SHA-256', <span className="petri-Code">{analysis.source_sha256}</span>],
            ['Finished', formatTime(analysis.finished_at)],
          ]} />
        )}
      </Loaded>
    </Section>
  )
}
