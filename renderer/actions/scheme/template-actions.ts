import type { LineTemplate } from '#shared/register/line-template.ts'
import { minSlopeRatio } from '#shared/routing/search/route-costs.ts'
import { classesOf } from '#shared/rules/asset-classes.ts'
import { LimitLookup } from '#shared/rules/limit-lookup.ts'
import { ASSET_KINDS, GRAVITY_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore, type RegisterState } from '../../state/twin/register-store.ts'
import { changeRecords } from '../ledger/register-actions.ts'
import { sessionStore, type PipelineTemplate } from '../../state/app/session-store.ts'

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

/** What was last drawn of each kind: coming back to a kind brings it back. */
const remembered = new Map<AssetKind, PipelineTemplate>()

/** Changes what is drawn next. Another kind brings what it had last, or its usual size, laying and cover; gravity lines fall from point to point. */
export function changeTemplate(change: Partial<PipelineTemplate>): void {
  sessionStore.setState(({ template }) => {
    if (change.kind === undefined || change.kind === template.kind) return { template: { ...template, ...change } }
    remembered.set(template.kind, template)
    const known = remembered.get(change.kind)
    const usual: PipelineTemplate = { ...template, pressureClass: null, voltageKv: null, material: null, bendRadiusM: null, ductBank: null, ...USUAL[change.kind], kind: change.kind }
    return { template: { ...(known ?? { ...usual, vertical: usualVertical(usual) }), owner: template.owner, ...change } }
  })
}

/** The project's templates, by kind and name. */
export const lineTemplates = (records: RegisterState['lineTemplates']): (LineTemplate & { readonly id: string })[] =>
  Object.values(records).map(({ id, body }) => ({ ...body, id })).sort((a, b) => ASSET_KINDS.indexOf(a.kind) - ASSET_KINDS.indexOf(b.kind) || a.name.localeCompare(b.name))

/** Keeps what is drawn next under a name; one of that name is replaced. @returns false where it was refused (and said so). */
export async function keepTemplate(name: string): Promise<boolean> {
  const known = Object.values(registerStore.getState().lineTemplates).find(({ body }) => body.name === name)
  return (await changeRecords([{ collection: 'lineTemplates', id: known?.id ?? crypto.randomUUID(), body: { ...sessionStore.getState().template, name } }])) !== null
}

export const removeTemplate = async (id: string): Promise<void> => void (await changeRecords([{ collection: 'lineTemplates', id, body: null }]))

/** Draws next what was kept. */
export function takeTemplate({ name: _, ...template }: LineTemplate): void {
  const { template: last } = sessionStore.getState()
  remembered.set(last.kind, last)
  sessionStore.setState({ template })
}

/** Cover to a tenth above what the pack asks under a roadway. */
function usualVertical(template: PipelineTemplate): PipelineTemplate['vertical'] {
  const coverM = leastCover(template) ?? 1.2
  return GRAVITY_KINDS.has(template.kind) ? { mode: 'grade', coverM, fallRatio: minSlopeRatio(template.section) } : { mode: 'cover', coverM }
}

function leastCover({ kind, section, laying, pressureClass, voltageKv }: PipelineTemplate): number | null {
  const pack = projectStore.getState().pack?.pack
  if (!pack) return null
  const diameterM = section.shape === 'circle' ? section.diameterM : Math.max(section.widthM, section.heightM)
  const classes = classesOf({ kind, laying, diameterM, pressureClass: pressureClass ?? undefined, voltageKv: voltageKv ?? undefined }, pack)
  const { min } = new LimitLookup(pack, [classes]).cover(0, 'roadway')
  return min && Math.ceil(10 * min.minM - 1e-9) / 10
}
