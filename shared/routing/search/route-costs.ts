import { z } from 'zod'
import costsFile from '../../../assets/routing/costs.json' with { type: 'json' }
import type { OuterSection } from '../../twin/asset.ts'

/** Factor on a metre of trench. What costs nothing to dig up would leave a search nothing to go by. */
const factor = z.number().min(0.1).max(100)
/** Metres of plain trench. */
const metres = z.number().min(0).max(1000)
const perMetre = z.number().min(0).max(100)

/** What a metre of line costs, as a relative index: 1 is a metre of plain trench at the least cover (assets/routing). A project may keep its own. */
export const routeCostsSchema = z.strictObject({
  /** Cost of a metre by what the ground is used for; `open` where no street surface is known but some are elsewhere. */
  surfaceFactor: z.strictObject({ roadway: factor, footway: factor, green: factor, water_body: factor, open: factor }),
  /** Added to the factor for each metre deeper than the least cover. */
  depthPerM: perMetre,
  /** Metres of trench that any bend is worth, in plan or in level: a fitting. */
  bend: metres,
  /** Metres of trench that a right-angle bend is worth beside; a flatter bend in proportion. */
  bendPerRightAngle: metres,
  /** Metres of trench that passing over or under a line is worth. */
  crossing: metres,
  /** Added to the factor where the line lies nearer than rule 8 allows to what stands around: by a limit that binds, by advice. */
  besideMandatory: perMetre,
  besideAdvisory: perMetre,
  /** Metres of trench that a change of direction or fall of a gravity line is worth: each is a manhole. */
  manhole: metres,
})
export type RouteCosts = z.infer<typeof routeCostsSchema>
export type RouteSurface = keyof RouteCosts['surfaceFactor']

/** How deep a line is looked for, and how it falls, where nobody says: no costs, and not the project's to change. */
const boundsSchema = z.strictObject({
  maxCoverM: z.number().positive(),
  leastCoverM: z.number().positive(),
  minSlopeRatio: z.array(z.strictObject({ maxDiameterM: z.number(), ratio: z.number().positive() })).min(1),
})

const { format: _, ...shipped } = routeCostsSchema.extend(boundsSchema.shape).extend({ format: z.literal('underplan-route-costs/1') }).parse(costsFile)
const { maxCoverM, leastCoverM, minSlopeRatio: minSlopes, ...costs } = shipped

/** The costs that hold until a project has its own. */
export const DEFAULT_ROUTE_COSTS: RouteCosts = costs
export const routeBounds: Pick<z.infer<typeof boundsSchema>, 'maxCoverM' | 'leastCoverM'> = { maxCoverM, leastCoverM }

/** The one record of the project's collection `routeCosts`. */
export const ROUTE_COSTS_RECORD = 'table'

/** What a project says, or the costs shipped; those too where what it says is no table (of a newer program, or a foreign hand). @param records Of any collections. */
export function routeCostsOf(records: readonly { readonly collection: string; readonly id: string; readonly body: unknown }[]): RouteCosts {
  const kept = records.find(({ collection, id }) => collection === 'routeCosts' && id === ROUTE_COSTS_RECORD)
  return routeCostsSchema.safeParse(kept?.body).data ?? DEFAULT_ROUTE_COSTS
}

/** Least fall of a gravity line of this size, metres per metre. */
export function minSlopeRatio(section: OuterSection): number {
  const sizeM = section.shape === 'circle' ? section.diameterM : Math.max(section.widthM, section.heightM)
  return (minSlopes.find(({ maxDiameterM }) => sizeM <= maxDiameterM) ?? minSlopes.at(-1)!).ratio
}
