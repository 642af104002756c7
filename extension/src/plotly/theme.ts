const SERIES = ['#1f77b4', '#d95f02', '#2a9d8f', '#b5179e', '#7a6a00', '#6c757d']
const SERIES_DARK = ['#6cb2eb', '#ffa657', '#56d4c1', '#f48fd1', '#e3d26f', '#adb5bd']

/** The figure's own layout over the colours and type of JupyterLab's theme. */
export function themeLayout(host: Element, layout: object = {}): object {
  const style = getComputedStyle(host)
  const variable = (name: string): string => style.getPropertyValue(name).trim()
  const dark = document.body.dataset['jpThemeLight'] === 'false'
  const axis = { gridcolor: variable('--jp-border-color2'), linecolor: variable('--jp-border-color1'), zerolinecolor: variable('--jp-border-color1'), automargin: true }
  const themed = {
    autosize: true,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    colorway: dark ? SERIES_DARK : SERIES,
    font: { family: variable('--jp-ui-font-family'), size: 12, color: variable('--jp-ui-font-color1') },
    margin: { l: 56, r: 16, t: 'title' in layout ? 48 : 16, b: 48 },
    xaxis: axis,
    yaxis: axis,
    legend: { orientation: 'h', y: 1.02, yanchor: 'bottom' },
  }
  return merge(themed, layout)
}

/** Deep, without changing either. */
function merge(base: Record<string, unknown>, over: object): Record<string, unknown> {
  const merged = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key]
    merged[key] = isPlain(under) && isPlain(value) ? merge(under, value) : structuredClone(value)
  }
  return merged
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
