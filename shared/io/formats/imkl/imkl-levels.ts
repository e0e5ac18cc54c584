import { childText, descendants, type XmlNode } from '../../xml/read-xml.ts'
import { positionsIn } from '../citygml/solid-axis.ts'
import { accuracyM } from './imkl-terms.ts'
import { codeOf, metresIn } from './imkl-values.ts'

/** What the third number of a line's positions is. A layer holds lines of one sort. */
export type LevelSort = 'axis' | 'crown' | 'invert' | 'depth_to_crown' | 'depth_to_invert' | 'none'

export interface LevelledLine {
  readonly parts: readonly (readonly (readonly number[])[])[]
  readonly sort: LevelSort
  /** The depth its whole network is usually laid at, not measured on this line. */
  readonly isUsual: boolean
  readonly accuracyLevelM: number | undefined
  /** Figures of depth that could not be used: of another sort than the rest, or without a length's unit. */
  readonly unused: number
}

interface Depth {
  readonly at: readonly number[] | null
  readonly valueM: number
  readonly sort: LevelSort
  readonly accuracyM: number | undefined
}

/** `DiepteTovMaaiveld` is the distance below ground, `DiepteNAP` the level above NAP, of the top or of a pipe's inside bottom. */
function depthOf(node: XmlNode): Depth | null {
  const { valueM } = metresIn(node, 'dieptePeil')
  if (valueM === null) return null
  const isInvert = /onderkant/i.test(codeOf(node, 'diepteAangrijpingspunt'))
  const sort = node.name === 'DiepteNAP' ? (isInvert ? 'invert' : 'crown') : isInvert ? 'depth_to_invert' : 'depth_to_crown'
  const accuracy = accuracyM(codeOf(node, 'diepteNauwkeurigheid'))
  return { at: descendants(node, 'Point').flatMap(point => positionsIn(point, 2))[0] ?? null, valueM, sort, accuracyM: accuracy }
}

/**
 * Gives a line's plan its levels, best source first: a centre line or extra geometry with heights of its own; the depths measured on
 * it, linear between the places measured and level beyond the outermost; the depth its network is usually laid at.
 * @param plan parts of [x, y, z?], easting first.
 * @param extra line of the extra geometry with heights (2.5D), at its top.
 */
export function levelled(plan: readonly (readonly number[][])[], extra: readonly number[][] | null, depthNodes: readonly XmlNode[], usualDepthM: number | null): LevelledLine {
  const none = { isUsual: false, accuracyLevelM: undefined, unused: depthNodes.length }
  if (extra && extra.every(position => position.length === 3)) return { ...none, parts: [extra], sort: 'crown' }
  if (plan.every(part => part.every(position => position.length === 3))) return { ...none, parts: plan, sort: 'axis' }
  const flat = plan.map(part => part.map(position => position.slice(0, 2)))
  const depths = depthNodes.map(depthOf).filter(depth => depth !== null)
  const sorts = Map.groupBy(depths, depth => depth.sort)
  const [sort, used] = [...sorts].sort((a, b) => b[1].length - a[1].length)[0] ?? []
  if (sort && used) {
    const accuracies = used.map(depth => depth.accuracyM)
    return {
      parts: withDepths(flat, used), sort, isUsual: false, unused: depthNodes.length - used.length,
      accuracyLevelM: accuracies.some(value => value === undefined) ? undefined : accuracies.reduce<number>((most, value) => Math.max(most, value!), 0),
    }
  }
  if (usualDepthM !== null && usualDepthM > 0) return { ...none, parts: flat.map(part => part.map(position => [...position, usualDepthM])), sort: 'depth_to_crown', isUsual: true }
  return { ...none, parts: flat, sort: 'none' }
}

/** The line with a vertex at each place of a figure, and the figures between them. */
function withDepths(parts: readonly (readonly number[][])[], depths: readonly Depth[]): number[][][] {
  return parts.map(part => {
    const stations: { alongM: number; valueM: number }[] = depths.map(({ at, valueM }) => ({ alongM: at ? alongOf(part, at) : 0, valueM })).sort((a, b) => a.alongM - b.alongM)
    const at = (alongM: number): number => {
      const after = stations.findIndex(station => station.alongM >= alongM)
      if (after <= 0) return (after === 0 ? stations[0] : stations.at(-1))!.valueM
      const [a, b] = [stations[after - 1]!, stations[after]!]
      return a.alongM === b.alongM ? b.valueM : a.valueM + ((b.valueM - a.valueM) * (alongM - a.alongM)) / (b.alongM - a.alongM)
    }
    const line: number[][] = []
    let walkedM = 0
    part.forEach((position, i) => {
      const last = part[i - 1]
      if (last) {
        const lengthM = distance(last, position)
        for (const { alongM } of stations) {
          const share = (alongM - walkedM) / lengthM
          if (share > 1e-9 && share < 1 - 1e-9 && line.at(-1)![3] !== alongM) line.push([last[0]! + share * (position[0]! - last[0]!), last[1]! + share * (position[1]! - last[1]!), at(alongM), alongM])
        }
        walkedM += lengthM
      }
      line.push([position[0]!, position[1]!, at(walkedM)])
    })
    return line.map(position => position.slice(0, 3))
  })
}

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)

/** How far along a part the place nearest to a point lies. */
function alongOf(part: readonly (readonly number[])[], point: readonly number[]): number {
  let [best, alongM, walkedM] = [Infinity, 0, 0]
  for (let i = 1; i < part.length; i++) {
    const [a, b] = [part[i - 1]!, part[i]!]
    const lengthM = distance(a, b)
    const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
    const share = lengthM === 0 ? 0 : Math.min(1, Math.max(0, ((point[0]! - a[0]!) * dx + (point[1]! - a[1]!) * dy) / (lengthM * lengthM)))
    const apart = Math.hypot(a[0]! + share * dx - point[0]!, a[1]! + share * dy - point[1]!)
    if (apart < best) [best, alongM] = [apart, walkedM + share * lengthM]
    walkedM += lengthM
  }
  return alongM
}

/** Name of an organisation that manages networks, by the code that stands in its objects' ids (`nl.imkl-KL3131.…`). */
export function managersOf(nodes: readonly XmlNode[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const node of nodes) {
    const code = childText(node, 'bronhoudercode')
    const name = descendants(node, 'naam').map(found => found.text.trim()).find(text => text !== '')
    if (code !== '' && name) names.set(code, name.slice(0, 200))
  }
  return names
}
