/** Rows of the API that the record pages show: only the columns they read. */
export interface Governed {
  id: string
  project_id: string
  version: number
  created_at: string
  updated_at: string
}

export interface Sample extends Governed {
  code: string
  name: string
  sample_type: string
  description: string
  status: string
  amount: number | null
  amount_unit: string | null
  synthetic: boolean
}

export interface Experiment extends Governed {
  code: string
  name: string
  question: string
  source: string
  status: string
  synthetic: boolean
}

export interface Result extends Governed {
  experiment_id: string
  analysis_id: string
  sample_id: string | null
  file_id: string | null
  code: string
  name: string
  status: string
  plot: Figure | null
}

/** A Plotly figure. */
export interface Figure {
  data: object[]
  layout?: object
}

export interface ResultValue {
  id: string
  measurand: string
  value: number
  standard_error: number | null
  unit: string
}

export interface Analysis {
  id: string
  code: string
  title: string
  notebook: string
  source_sha256: string
  finished_at: string
}

export interface Measurement {
  id: string
  sample: string | null
  sample_id: string | null
  sample_name: string | null
  measurand: string
  value: number | null
  reported: string
  qualifier: string | null
  unit: string
  factor: string | null
  level: number | null
  level_unit: string | null
  series: string | null
  well: string | null
  replicate: number | null
  flag: string | null
  excluded_reason: string | null
}
