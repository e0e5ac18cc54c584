import type { AssetKind } from '#shared/twin/kinds.ts'
import { sessionStore, type PipelineTemplate } from '../state/session-store.ts'

/** What each kind usually is when nobody said otherwise: a start, not a rule. */
const USUAL: Readonly<Record<AssetKind, Partial<PipelineTemplate>>> = {
  water: { section: { shape: 'circle', diameterM: 0.3 }, laying: 'direct' },
  reclaimed: { section: { shape: 'circle', diameterM: 0.3 }, laying: 'direct' },
  sewer_foul: { section: { shape: 'circle', diameterM: 0.4 }, laying: 'direct' },
  sewer_storm: { section: { shape: 'circle', diameterM: 0.6 }, laying: 'direct' },
  sewer_combined: { section: { shape: 'circle', diameterM: 0.6 }, laying: 'direct' },
  gas: { section: { shape: 'circle', diameterM: 0.16 }, laying: 'direct', pressureClass: 'medium_a' },
  heat: { section: { shape: 'circle', diameterM: 0.4 }, laying: 'direct' },
  power: { section: { shape: 'rectangle', widthM: 0.6, heightM: 0.4 }, laying: 'duct', voltageKv: 10 },
  telecom: { section: { shape: 'rectangle', widthM: 0.4, heightM: 0.3 }, laying: 'duct' },
  industrial: { section: { shape: 'circle', diameterM: 0.2 }, laying: 'direct' },
  tunnel: { section: { shape: 'rectangle', widthM: 3, heightM: 3 }, laying: 'tunnel' },
  trench: { section: { shape: 'rectangle', widthM: 1, heightM: 1 }, laying: 'trench' },
  unknown: {},
}

/** Changes what is drawn next. Another kind brings its usual size and laying, and drops what it cannot have. */
export function changeTemplate(change: Partial<PipelineTemplate>): void {
  sessionStore.setState(({ template }) => ({
    template: change.kind === undefined || change.kind === template.kind
      ? { ...template, ...change }
      : { ...template, pressureClass: null, voltageKv: null, ...USUAL[change.kind], ...change },
  }))
}
