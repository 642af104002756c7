import { useEffect, useRef, useState, type ReactElement } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { Failure } from '../ui/states.tsx'
import type { Drawing, Figure } from './draw.ts'

/** A Plotly figure in the colours of the theme. Plotly itself is fetched when the first figure is shown. */
export function FigurePreview({ figure, label, tall }: { figure: Figure; label: string; tall?: boolean }): ReactElement {
  const host = useRef<HTMLDivElement>(null)
  const [error, setError] = useState<PetriError>()
  useEffect(() => {
    let drawing: Drawing | undefined
    let gone = false
    void import('./draw.ts').then(async ({ drawFigure }) => {
      if (gone) return
      drawing = await drawFigure(host.current!, figure)
      if (gone) drawing.dispose()
    }).catch((reason: unknown) => setError(asPetriError(reason)))
    return () => {
      gone = true
      drawing?.dispose()
    }
  }, [figure])
  if (error) return <Failure error={error} />
  return <div ref={host} className={`petri-Figure ${tall ? 'petri-mod-tall' : ''}`} role="img" aria-label={label} />
}
