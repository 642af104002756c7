import { LabIcon } from '@jupyterlab/ui-components'

const draw = (name: string, paths: string): LabIcon => new LabIcon({
  name: `petri:${name}`,
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g class="petri-Icon" fill="none" stroke="#616161" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${paths}</g></svg>`,
})

/** A dish with colonies. */
export const petriIcon = draw('dish', '<circle cx="12" cy="12" r="9"/><circle cx="9" cy="10" r="1.6"/><circle cx="15" cy="9" r=".9"/><circle cx="14" cy="15" r="2.2"/>')
export const sampleIcon = draw('sample', '<path d="M9 3h6M10 3v14a2 2 0 0 0 4 0V3M10 11h4"/>')
export const experimentIcon = draw('experiment', '<path d="M9 3h6M10 3v6l-5 9a2 2 0 0 0 2 3h10a2 2 0 0 0 2-3l-5-9V3M7.5 15h9"/>')
export const runIcon = draw('run', '<path d="M9 6h11M9 12h11M9 18h11"/><path d="m3.5 6 1 1 2-2M3.5 12l1 1 2-2M3.5 18l1 1 2-2"/>')
export const plateIcon = draw('plate', '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M7.5 9.5h.01M12 9.5h.01M16.5 9.5h.01M7.5 14.5h.01M12 14.5h.01M16.5 14.5h.01" stroke-width="2.6"/>')
export const resultIcon = draw('result', '<path d="M4 4v16h16"/><path d="M7 16c2-8 6-9 12-9"/>')
export const entryIcon = draw('entry', '<path d="M6 3h9l4 4v14H6z"/><path d="M9 11h7M9 15h7"/>')
export const addIcon = draw('add', '<path d="M12 5v14M5 12h14"/>')
export const labelIcon = draw('label', '<path d="M3 6v12h12l6-6-6-6z"/><path d="M7 9v6M9.5 9v6M13 9v6"/>')
export const shipmentIcon = draw('shipment', '<path d="M3 8l9-5 9 5v8l-9 5-9-5z"/><path d="M3 8l9 5 9-5M12 13v8"/>')
export const placeIcon = draw('place', '<rect x="4" y="3" width="16" height="18" rx="2"/><path d="M4 10h16M8 6v2M8 13v3"/>')
export const tableIcon = draw('table', '<rect x="3" y="4" width="18" height="16" rx="2"/><path d="M3 9.5h18M3 15h18M9.5 9.5V20"/>')
