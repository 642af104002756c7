declare module 'plotly.js-cartesian-dist-min' {
  const Plotly: {
    react(host: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>
    purge(host: HTMLElement): void
    Plots: { resize(host: HTMLElement): void }
  }
  export default Plotly
}
