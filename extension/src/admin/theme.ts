import type { RaThemeOptions } from 'react-admin'

/** Material UI in the colours, type and density of JupyterLab's theme, as they are now. */
export function themeOf(host: Element): RaThemeOptions {
  const style = getComputedStyle(host)
  const variable = (name: string): string => style.getPropertyValue(name).trim()
  const colour = (name: string): string => computeColour(host, name)
  const dark = document.body.dataset['jpThemeLight'] === 'false'
  return {
    palette: {
      mode: dark ? 'dark' : 'light',
      primary: { main: colour('--jp-brand-color1') },
      error: { main: colour('--jp-error-color1') },
      background: { default: colour('--jp-layout-color1'), paper: colour('--jp-layout-color1') },
      text: { primary: colour('--jp-ui-font-color1'), secondary: colour('--jp-ui-font-color2') },
      divider: colour('--jp-border-color2'),
    },
    typography: { fontFamily: variable('--jp-ui-font-family'), fontSize: 12, button: { textTransform: 'none' } },
    shape: { borderRadius: 4 },
    components: {
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiTextField: { defaultProps: { size: 'small', variant: 'outlined', margin: 'dense', fullWidth: true } },
      MuiFormControl: { defaultProps: { size: 'small', variant: 'outlined', margin: 'dense', fullWidth: true } },
      MuiButton: { defaultProps: { size: 'small' } },
      MuiTableCell: { styleOverrides: { root: { padding: '5px 24px 5px 0' }, head: { fontWeight: 500 } } },
    },
  }
}


/** Material UI reads no names like `white`: the browser writes every colour as rgb(). */
function computeColour(host: Element, variable: string): string {
  const probe = host.appendChild(document.createElement('span'))
  probe.style.color = `var(${variable})`
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
