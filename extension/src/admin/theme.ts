import type { RaThemeOptions } from 'react-admin'

/** Material UI in the colours, type and density of JupyterLab's theme, as they are now. */
export function themeOf(host: Element): RaThemeOptions {
  const style = getComputedStyle(host)
  const variable = (name: string): string => style.getPropertyValue(name).trim()
  const dark = document.body.dataset['jpThemeLight'] === 'false'
  return {
    palette: {
      mode: dark ? 'dark' : 'light',
      primary: { main: variable('--jp-brand-color1') },
      error: { main: variable('--jp-error-color1') },
      background: { default: variable('--jp-layout-color1'), paper: variable('--jp-layout-color1') },
      text: { primary: dark ? 'rgba(255,255,255,0.95)' : 'rgba(0,0,0,0.87)', secondary: dark ? 'rgba(255,255,255,0.7)' : 'rgba(0,0,0,0.6)' },
      divider: variable('--jp-border-color2'),
    },
    typography: { fontFamily: variable('--jp-ui-font-family'), fontSize: 12, button: { textTransform: 'none' } },
    shape: { borderRadius: 4 },
    components: {
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiTextField: { defaultProps: { size: 'small', variant: 'outlined' } },
      MuiFormControl: { defaultProps: { size: 'small', variant: 'outlined' } },
      MuiButton: { defaultProps: { size: 'small' } },
      MuiTableCell: { styleOverrides: { root: { padding: '5px 24px 5px 0' }, head: { fontWeight: 500 } } },
    },
  }
}

