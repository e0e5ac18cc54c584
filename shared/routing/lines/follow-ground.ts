import type { Vec3 } from '../../twin/asset.ts'

/** Ground level at a plan place, null where none is known. Same frame as the line. */
export type LevelAt = (x: number, y: number) => number | null

/** The line lies at most this much deeper than asked between two given vertices, and nowhere higher. */
const TOLERANCE_M = 0.05
/** What the ground may bend between two stations; what it dips there is kept off the upper limit, so that no cover is missed by it. */
const BEND_M = 0.002
/** Beside a given vertex, where nothing is kept off. */
const BEND_AT_ENDS_M = 1e-4
const STATION_M = 0.5
const MOST_STATIONS = 600
/** A station interval is halved at most so often: kerbs and walls come out within a centimetre. */
const MOST_HALVINGS = 6
const NEGLIGIBLE_M = 1e-9

/** A place between the ends and the levels of the axis allowed there. */
interface Station {
  readonly s: number
  readonly lowM: number
  readonly highM: number
}

/**
 * The vertices between two of a line that keep it below the ground as its ends are: the depth goes evenly from one end's to
 * the other's, the ends are kept. As few as hold the line between that depth and 5 cm more, none where the straight does;
 * at a step in the ground it lies deeper instead of bending twice within half a metre.
 * Where no ground is known the line runs straight.
 * @returns in order, without the ends.
 */
export function verticesFollowing(from: Vec3, to: Vec3, groundAt: LevelAt): Vec3[] {
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1])
  const at = (s: number): number | null => groundAt(from[0] + (s / lengthM) * (to[0] - from[0]), from[1] + (s / lengthM) * (to[1] - from[1]))
  const [groundFrom, groundTo] = [groundAt(from[0], from[1]), groundAt(to[0], to[1])]
  const depths = [groundFrom === null ? null : groundFrom - from[2], groundTo === null ? null : groundTo - to[2]] as const
  const [depthFrom, depthTo] = [depths[0] ?? depths[1], depths[1] ?? depths[0]]
  if (!(lengthM > NEGLIGIBLE_M) || depthFrom === null || depthTo === null) return []
  const stations = [
    { s: 0, lowM: from[2], highM: from[2] },
    ...groundAlong(at, lengthM).map(({ s, ground, dipM }): Station => {
      const levelM = ground - (depthFrom + (s / lengthM) * (depthTo - depthFrom))
      return { s, lowM: levelM - TOLERANCE_M, highM: levelM - dipM }
    }),
    { s: lengthM, lowM: to[2], highM: to[2] },
  ]
  return spreadVertices(stations).map(([s, z]): Vec3 => [from[0] + (s / lengthM) * (to[0] - from[0]), from[1] + (s / lengthM) * (to[1] - from[1]), z])
}

/** A place between the ends, its ground, and by how much the ground beside it dips below the straight to the next place. */
interface Sounding {
  readonly s: number
  readonly ground: number
  readonly dipM: number
}

/** The ground between the ends, denser where it bends; places without ground are left out. */
function groundAlong(at: (s: number) => number | null, lengthM: number): Sounding[] {
  const parts = Math.max(1, Math.min(MOST_STATIONS, Math.ceil(lengthM / STATION_M)))
  const places: [number, number | null][] = []
  /** Of the pieces before each place, and after the last. */
  const dips: number[] = []
  const sound = (s0: number, z0: number | null, s1: number, z1: number | null, halvings: number): void => {
    const s = (s0 + s1) / 2
    const z = z0 === null || z1 === null ? null : at(s)
    const dipM = z === null ? 0 : (z0! + z1!) / 2 - z
    if (halvings === 0 || Math.abs(dipM) <= (s0 === 0 || s1 === lengthM ? BEND_AT_ENDS_M : BEND_M)) return void dips.push(Math.min(BEND_M, Math.max(0, dipM)))
    sound(s0, z0, s, z, halvings - 1)
    places.push([s, z])
    sound(s, z, s1, z1, halvings - 1)
  }
  let [s0, z0] = [0, at(0)]
  for (let k = 1; k <= parts; k++) {
    const s1 = k === parts ? lengthM : (k / parts) * lengthM
    const z1 = at(s1)
    sound(s0, z0, s1, z1, MOST_HALVINGS)
    if (k < parts) places.push([s1, z1])
    ;[s0, z0] = [s1, z1]
  }
  return places.flatMap(([s, ground], i) => (ground === null ? [] : [{ s, ground, dipM: Math.max(dips[i]!, dips[i + 1]!) }]))
}

/** Vertices nearer than this to each other are no way to lay a line. */
const APART_M = 0.5
/** Steeper than this between two near vertices the ground has a step. */
const STEP_FALL = 0.5
/** About a step the line may lie as deep as what it has to pass under within this reach. */
const EASED_M = 1

/** The fewest vertices, none nearer to another than half a metre where there is a way. */
function spreadVertices(stations: readonly Station[]): [number, number][] {
  const lengthM = stations.at(-1)!.s
  const strict = fewestVertices(stations, 0)
  if (!strict) return []
  const places = [[0, stations[0]!.lowM], ...strict, [lengthM, stations.at(-1)!.lowM]] as const
  const close = places.slice(1).flatMap(([s, z], i) => (s - places[i]![0] < APART_M - NEGLIGIBLE_M ? [{ s, fall: Math.abs(z - places[i]![1]) / (s - places[i]![0]) }] : []))
  const spread = close.length === 0 || lengthM < APART_M ? strict : fewestVertices(stations, APART_M)
  if (spread) return spread
  const steps = close.filter(({ fall }) => fall > STEP_FALL)
  const eased = stations.map((station, i): Station => {
    const { s, lowM } = station
    if (i === 0 || i === stations.length - 1 || !steps.some(step => Math.abs(step.s - s) <= 2 * EASED_M)) return station
    return { ...station, lowM: stations.reduce((low, other) => (Math.abs(other.s - s) <= EASED_M ? Math.min(low, other.lowM) : low), lowM) }
  })
  return fewestVertices(eased, APART_M) ?? strict
}

/** Levels tried at a station, from the upper limit to the lower. */
const TRIED = [0, 0.5, 1] as const

/** A chain of fewest straight pieces from the first station to the last within the limits of all, bent at stations alone, none shorter than asked. @returns its inner vertices; null where there is none. */
function fewestVertices(stations: readonly Station[], leastM: number): [number, number][] | null {
  const last = stations.length - 1
  const levelOf = (node: number): number => {
    const { lowM, highM } = stations[Math.floor(node / TRIED.length)]!
    return highM - TRIED[node % TRIED.length]! * (highM - lowM)
  }
  const cameFrom = new Int32Array(stations.length * TRIED.length).fill(-1)
  const queue = [0]
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!
    const i = Math.floor(node / TRIED.length)
    const [s, z] = [stations[i]!.s, levelOf(node)]
    // Falls that keep within the limits of all stations passed.
    let [least, most] = [-Infinity, Infinity]
    for (let j = i + 1; j <= last; j++) {
      const ahead = stations[j]!
      const runM = ahead.s - s
      for (let k = runM < leastM - NEGLIGIBLE_M ? TRIED.length : 0; k < (j === last ? 1 : TRIED.length); k++) {
        const next = j * TRIED.length + k
        const slope = (levelOf(next) - z) / runM
        if (cameFrom[next] !== -1 || slope < least - NEGLIGIBLE_M || slope > most + NEGLIGIBLE_M) continue
        cameFrom[next] = node
        if (j === last) return chainTo(next).map(at => [stations[Math.floor(at / TRIED.length)]!.s, levelOf(at)])
        queue.push(next)
      }
      least = Math.max(least, (ahead.lowM - z) / runM)
      most = Math.min(most, (ahead.highM - z) / runM)
      if (least > most + NEGLIGIBLE_M) break
    }
  }
  return null

  /** The nodes between the first and this one. */
  function chainTo(node: number): number[] {
    const inner: number[] = []
    for (let at = cameFrom[node]!; at > 0; at = cameFrom[at]!) inner.push(at)
    return inner.reverse()
  }
}
