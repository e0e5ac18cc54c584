import { z } from 'zod'
import costsFile from '../../../assets/routing/costs.json' with { type: 'json' }
import type { OuterSection } from '../../twin/asset.ts'

const schema = z.strictObject({
  format: z.literal('underplan-route-costs/1'),
  /** Cost of a metre by what the ground is used for; `open` where no street surface is known but some are elsewhere. */
  surfaceFactor: z.strictObject({ roadway: z.number().positive(), footway: z.number().positive(), green: z.number().positive(), water_body: z.number().positive(), open: z.number().positive() }),
  /** Added to the factor for each metre deeper than the least cover. */
  depthPerM: z.number().min(0),
  /** Metres of trench that any bend is worth, in plan or in level: a fitting. */
  bend: z.number().min(0),
  /** Metres of trench that a right-angle bend is worth beside; a flatter bend in proportion. */
  bendPerRightAngle: z.number().min(0),
  /** Metres of trench that passing over or under a line is worth. */
  crossing: z.number().min(0),
  /** Added to the factor where the line lies nearer than rule 8 allows to what stands around: by a limit that binds, by advice. */
  besideMandatory: z.number().min(0),
  besideAdvisory: z.number().min(0),
  /** Metres of trench that a change of direction or fall of a gravity line is worth: each is a manhole. */
  manhole: z.number().min(0),
  maxCoverM: z.number().positive(),
  leastCoverM: z.number().positive(),
  minSlopeRatio: z.array(z.strictObject({ maxDiameterM: z.number(), ratio: z.number().positive() })).min(1),
})

/** What a metre of line costs, as a relative index (assets/routing). */
export type RouteCosts = z.infer<typeof schema>

export const routeCosts: RouteCosts = schema.parse(costsFile)

/** Least fall of a gravity line of this size, metres per metre. */
export function minSlopeRatio(section: OuterSection): number {
  const sizeM = section.shape === 'circle' ? section.diameterM : Math.max(section.widthM, section.heightM)
  return (routeCosts.minSlopeRatio.find(({ maxDiameterM }) => sizeM <= maxDiameterM) ?? routeCosts.minSlopeRatio.at(-1)!).ratio
}
