/** Joints (ends meeting, tees) and runs, from the definition in design §5 rule 6. */
import type { Asset, Vec3 } from './types.ts'
import { at, between, distance3, isVertical } from './assets.ts'

/** One asset's place in a joint: an end (0 start, 1 finish) or, for a tee, a point on its axis (end null). */
export interface JointMember { asset: Asset; end: 0 | 1 | null; chainage: number; point: Vec3 }

/** A place where assets are joined; members are joined to one another. */
export interface Joint { members: JointMember[] }

export function findJoints(assets: readonly Asset[], snapM: number): Joint[] {
  const ends = assets.flatMap((asset) => [endOf(asset, 0), endOf(asset, 1)])
  const parent = ends.map((_, i) => i)
  const root = (i: number): number => (at(parent, i) === i ? i : root(at(parent, i)))
  for (let i = 0; i < ends.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      if (distance3(at(ends, i).point, at(ends, j).point) <= snapM) parent[root(i)] = root(j)
    }
  }
  const byRoot = new Map<number, JointMember[]>()
  ends.forEach((end, i) => byRoot.set(root(i), [...(byRoot.get(root(i)) ?? []), end]))
  const joints: Joint[] = []
  for (const members of byRoot.values()) {
    for (const end of [...members]) {
      for (const other of assets) {
        if (members.some((m) => m.asset === other)) continue
        const foot = nearestOnAxis(other, end.point)
        if (distance3(foot.point, end.point) <= snapM) members.push(foot)
      }
    }
    if (members.length > 1) joints.push({ members })
  }
  return joints
}

function endOf(asset: Asset, end: 0 | 1): JointMember {
  const index = end === 0 ? 0 : asset.points.length - 1
  return { asset, end, chainage: at(asset.chainage, index), point: at(asset.points, index) }
}

/** Nearest point of the axis in space. */
export function nearestOnAxis(asset: Asset, p: Vec3): JointMember {
  let best: JointMember = endOf(asset, 0)
  for (let i = 0; i + 1 < asset.points.length; i += 1) {
    const q0 = at(asset.points, i)
    const q1 = at(asset.points, i + 1)
    const v = [q1[0] - q0[0], q1[1] - q0[1], q1[2] - q0[2]] as const
    const t = ((p[0] - q0[0]) * v[0] + (p[1] - q0[1]) * v[1] + (p[2] - q0[2]) * v[2])
      / (v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    const clamped = Math.min(1, Math.max(0, t))
    const point = between(q0, q1, clamped)
    if (distance3(point, p) < distance3(best.point, p)) {
      const c0 = at(asset.chainage, i)
      best = { asset, end: null, chainage: c0 + (at(asset.chainage, i + 1) - c0) * clamped, point }
    }
  }
  return best
}

/**
 * Run number of every asset: "assets of one kind and owner end to end through nodes where exactly two
 * such ends meet; never through a tee" (no axis of that kind and owner may pass through the node).
 */
export function findRuns(assets: readonly Asset[], joints: readonly Joint[]): number[] {
  const run = assets.map((a) => a.index)
  const root = (i: number): number => (at(run, i) === i ? i : root(at(run, i)))
  for (const joint of joints) {
    for (const group of new Set(joint.members.map((m) => m.asset.group))) {
      const own = joint.members.filter((m) => m.asset.group === group)
      const [first, second] = own
      if (own.length === 2 && first && second && first.end !== null && second.end !== null) {
        run[root(first.asset.index)] = root(second.asset.index)
      }
    }
  }
  return assets.map((a) => root(a.index))
}

/** Are the two assets themselves joined anywhere? */
export function areJoined(joints: readonly Joint[], a: Asset, b: Asset): boolean {
  return joints.some((j) => j.members.some((m) => m.asset === a) && j.members.some((m) => m.asset === b))
}

/**
 * The vertical part (segments from, …, to−1) of an asset that starts at the joint, with the level where
 * it starts, or null. A joint somewhere inside a vertical part does not start one.
 */
export function verticalPartsFrom(joint: Joint, asset: Asset, snapM: number): { from: number; to: number; level: number }[] {
  const parts: { from: number; to: number; level: number }[] = []
  const places = joint.members.filter((m) => m.asset === asset).map((m) => m.point)
  let i = 0
  while (i + 1 < asset.points.length) {
    if (!isVertical(asset, i)) { i += 1; continue; }
    let to = i
    while (to + 1 < asset.points.length && isVertical(asset, to)) to += 1
    for (const vertex of [i, to]) {
      const start = at(asset.points, vertex)
      if (places.some((p) => distance3(p, start) <= snapM)) parts.push({ from: i, to, level: start[2] })
    }
    i = to
  }
  return parts
}

/** Is the asset joined there within the snap tolerance of the stretch of chainages? */
export function hasMember(joint: Joint, asset: Asset, chainages: readonly number[], snapM: number): boolean {
  const from = Math.min(...chainages) - snapM
  const to = Math.max(...chainages) + snapM
  return joint.members.some((m) => m.asset === asset && m.chainage >= from && m.chainage <= to)
}

/** The asset itself and every asset joined to it within the snap tolerance of the chainage, once each. */
export function joinedAt(asset: Asset, chainage: number, joints: readonly Joint[], snapM: number): { asset: Asset; chainage: number }[] {
  const found = [{ asset, chainage }]
  for (const j of joints) {
    if (!hasMember(j, asset, [chainage], snapM)) continue
    for (const m of j.members) {
      if (m.asset !== asset) found.push({ asset: m.asset, chainage: m.chainage })
    }
  }
  return found
}
