import { useMemo } from 'react'
import { useStore } from 'zustand'
import { freshness } from '../findings/freshness.ts'
import { findingsStore, resultOf, type CheckResult, type CheckScope } from '../findings/findings-store.ts'
import { projectStore } from '../twin/project-store.ts'
import { activeScenario, scenarioStore } from '../scheme/scenario-store.ts'
import { viewStore } from '../view/view-store.ts'
import { attributeStore, roleOf } from './attribute-store.ts'
import { colourClasses } from './colouring.ts'
import type { ColourClasses, ColouringInput, ColourBy, Palette } from './colour-classes.ts'

const SCOPES: readonly CheckScope[] = ['network', 'proposals']
const NO_RESULTS: readonly CheckResult[] = []

/** Colours of the open twin as the user chose them; null while none is open. All views share one computation. */
export function useColouring(): ColourClasses | null {
  const columns = useStore(projectStore, project => project.columns)
  const ground = useStore(projectStore, project => project.context?.ground ?? null)
  const by = useStore(viewStore, view => view.colourBy)
  const palette = useStore(viewStore, view => view.colours)
  const attribute = useStore(attributeStore, state => {
    const role = roleOf(by)
    return role ? (state[role]?.column ?? null) : null
  })
  const results = useHoldingResults(by === 'findings')
  return useMemo(() => (columns ? shared(by, { columns, ground, attribute, results }, palette) : null), [columns, ground, by, palette, attribute, results])
}

/** Results of the active scheme that speak of what is open now. */
export function useHoldingResults(isWanted: boolean): readonly CheckResult[] {
  const results = useStore(findingsStore, state => (isWanted ? state.results : null))
  const info = useStore(projectStore, project => project.info)
  const pack = useStore(projectStore, project => project.pack)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const scenario = useStore(scenarioStore, activeScenario)
  return useMemo(() => {
    if (!results) return NO_RESULTS
    const held = SCOPES.map(scope => resultOf({ results, running: new Set() }, activeId, scope))
    return held.filter((result): result is CheckResult => result !== null && ['fresh', 'incomplete'].includes(freshness(result, { info, pack }, scenario)))
  }, [results, info, pack, activeId, scenario])
}

let last: { readonly by: ColourBy; readonly palette: Palette; readonly input: ColouringInput; readonly classes: ColourClasses } | null = null

function shared(by: ColourBy, input: ColouringInput, palette: Palette): ColourClasses {
  const isSame = last?.by === by && last.palette === palette && (Object.keys(input) as (keyof ColouringInput)[]).every(key => last!.input[key] === input[key])
  if (!last || !isSame) last = { by, palette, input, classes: colourClasses(by, input, palette) }
  return last.classes
}
