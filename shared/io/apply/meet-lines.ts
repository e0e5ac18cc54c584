import { buildBoxGrid, queryBoxGrid } from '../../geometry/box-grid.ts'
import { carrierOfKind } from '../../network/carriers.ts'
import { ASSUMED, type AssetRecord, type Vec3 } from '../../twin/asset.ts'
import type { IssueLog } from '../issue-log.ts'

/** An end this near to a line in plan was drawn to end on it, metres. */
const ON_LINE_M = 0.01

type End = 0 | 1

/** An end that lies on another line of its network in plan: on which segment of it, and where. */
interface Contact {
  readonly asset: number
  readonly end: End
  readonly other: number
  /** First vertex of the segment, counted within `other`; share of it. */
  readonly vertex: number
  readonly share: number
}

/**
 * Lines whose level had to be assumed meet, in level too, the line of their kind that they end on in plan: a service
 * connection comes down to its main. Otherwise it would float at its assumed cover above the main it is joined to, and every
 * connection of a city would be a clash. Surveyed lines stay; what meets them follows, then what meets those; of lines that
 * are all assumed the largest stays. Between its ends a line is bent evenly. Each end that was moved is told (`end_met`).
 * @param assets Project CRS; the axis is the axis. Those with surveyed levels are returned as they are.
 */
export function meetLines(assets: readonly AssetRecord[], log: IssueLog): readonly AssetRecord[] {
  const isAssumed = assets.map(({ assumed }) => (assumed & ASSUMED.level) !== 0)
  if (!isAssumed.includes(true)) return assets
  const contacts = findContacts(assets, isAssumed)
  if (contacts.length === 0) return assets
  const ofAsset = groupBy(contacts, contact => contact.asset)
  const onto = groupBy(contacts, contact => contact.other)
  const axes = assets.map(({ axis }) => axis)
  const isSettled = isAssumed.map(assumed => !assumed)
  // Breadth first from what is known, so that a chain of connections takes its level from the survey it hangs on.
  const settle = (queue: number[]): void => {
    for (let at = 0; at < queue.length; at++) {
      for (const { asset } of onto.get(queue[at]!) ?? []) {
        if (isSettled[asset]) continue
        axes[asset] = met(assets[asset]!, ofAsset.get(asset)!, axes, isSettled, log)
        isSettled[asset] = true
        queue.push(asset)
      }
    }
  }
  settle([...isSettled.keys()].filter(asset => isSettled[asset]))
  for (const asset of [...onto.keys()].sort((a, b) => heightOf(assets[b]!) - heightOf(assets[a]!) || a - b)) {
    if (isSettled[asset]) continue
    isSettled[asset] = true
    settle([asset])
  }
  return assets.map((asset, i) => (axes[i] === asset.axis ? asset : { ...asset, axis: axes[i]! }))
}

const heightOf = ({ section }: AssetRecord): number => (section.shape === 'circle' ? section.diameterM : section.heightM)

/** The axis bent so that its ends lie on what they end on, where that is settled. */
function met(asset: AssetRecord, contacts: readonly Contact[], axes: readonly (readonly Vec3[])[], isSettled: readonly boolean[], log: IssueLog): readonly Vec3[] {
  const by: [number, number] = [0, 0]
  const { axis } = asset
  for (const end of [0, 1] as const) {
    const contact = contacts.find(candidate => candidate.end === end && isSettled[candidate.other])
    if (!contact) continue
    const [a, b] = [axes[contact.other]![contact.vertex]!, axes[contact.other]![contact.vertex + 1]!]
    by[end] = a[2] + contact.share * (b[2] - a[2]) - axis[end === 0 ? 0 : axis.length - 1]![2]
  }
  if (Math.abs(by[0]) < 1e-9 && Math.abs(by[1]) < 1e-9) return axis
  log.add('end_met', 'info', asset.id, { movedM: Math.round(Math.max(Math.abs(by[0]), Math.abs(by[1])) * 1000) / 1000 })
  const along = [0]
  for (let i = 1; i < axis.length; i++) along.push(along[i - 1]! + Math.hypot(axis[i]![0] - axis[i - 1]![0], axis[i]![1] - axis[i - 1]![1]))
  const lengthM = along.at(-1)!
  return axis.map(([x, y, z], i): Vec3 => {
    const u = lengthM === 0 ? i / (axis.length - 1) : along[i]! / lengthM
    return [x, y, z + by[0] * (1 - u) + by[1] * u]
  })
}

/** Where ends of assumed lines lie on other lines of their network in plan; surveyed lines first, then the nearest, then in the order of the records. */
function findContacts(assets: readonly AssetRecord[], isAssumed: readonly boolean[]): Contact[] {
  const segments: { readonly asset: number; readonly vertex: number }[] = []
  const boxes: number[] = []
  assets.forEach(({ axis }, asset) => {
    for (let vertex = 0; vertex + 1 < axis.length; vertex++) {
      const [a, b] = [axis[vertex]!, axis[vertex + 1]!]
      segments.push({ asset, vertex })
      boxes.push(Math.min(a[0], b[0]) - ON_LINE_M, Math.min(a[1], b[1]) - ON_LINE_M, Math.max(a[0], b[0]) + ON_LINE_M, Math.max(a[1], b[1]) + ON_LINE_M)
    }
  })
  const grid = buildBoxGrid(Float64Array.from(boxes))
  return assets.flatMap(({ axis, kind }, asset) => {
    if (!isAssumed[asset]) return []
    return ([0, 1] as const).flatMap(end => {
      const [x, y] = axis[end === 0 ? 0 : axis.length - 1]!
      const found = queryBoxGrid(grid, x, y, x, y).flatMap(k => {
        const { asset: other, vertex } = segments[k]!
        if (other === asset || carrierOfKind(assets[other]!.kind) !== carrierOfKind(kind)) return []
        const { share, gapM } = footOn(assets[other]!.axis, vertex, x, y)
        return gapM <= ON_LINE_M ? [{ asset, end, other, vertex, share, gapM }] : []
      })
      return found.sort((p, q) => Number(isAssumed[p.other]) - Number(isAssumed[q.other]) || p.gapM - q.gapM || p.other - q.other || p.vertex - q.vertex)
    })
  })
}

/** Foot of a point on a segment in plan. */
function footOn(axis: readonly Vec3[], vertex: number, x: number, y: number): { readonly share: number; readonly gapM: number } {
  const [a, b] = [axis[vertex]!, axis[vertex + 1]!]
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / square))
  return { share, gapM: Math.hypot(a[0] + share * dx - x, a[1] + share * dy - y) }
}

function groupBy(contacts: readonly Contact[], keyOf: (contact: Contact) => number): Map<number, Contact[]> {
  const groups = new Map<number, Contact[]>()
  for (const contact of contacts) {
    const group = groups.get(keyOf(contact))
    if (group) group.push(contact)
    else groups.set(keyOf(contact), [contact])
  }
  return groups
}
