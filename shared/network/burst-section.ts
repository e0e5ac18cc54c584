import { isShutEdge, isValveEdge, type Valve } from './supply.ts'
import type { Topology } from './topology.ts'

/** What is cut off with a burst: everything connected to it without passing a valve. */
export interface Section {
  /** Boundary valves, ascending. */
  readonly valves: readonly Valve[]
  hasEdge(edge: number): boolean
  /** Boundary valves are places of the section too. */
  hasPlace(place: number): boolean
  readonly edges: readonly number[]
}

/**
 * Sections around one asset: the one its valves close, and, from there, the wider one with a valve that fails. A wider
 * section is only what lies behind the failed valve, on top of the first; it holds until the next is asked for.
 */
export class BurstSections {
  readonly #topology: Topology
  readonly #isValve: Uint8Array
  /** 0 outside, 1 in the first section, 2 only in the wider one. */
  readonly #edgeMark: Uint8Array
  readonly #placeMark: Uint8Array
  readonly #first: Grown
  readonly #firstValves: readonly Valve[]
  #wider: Grown = { edges: [], places: [], valveEdges: new Set() }

  /** @param isValve Per place: 1 where a valve stands. */
  constructor(topology: Topology, asset: number, isValve: Uint8Array) {
    this.#topology = topology
    this.#isValve = isValve
    this.#edgeMark = new Uint8Array(topology.edgeCount)
    this.#placeMark = new Uint8Array(topology.placeCount)
    const { assetEdges } = topology
    const start = Array.from({ length: assetEdges[2 * asset + 1]! - assetEdges[2 * asset]! }, (_, k) => assetEdges[2 * asset]! + k)
    this.#first = this.#grow(1, start, null)
    this.#firstValves = this.#valvesOf(this.#first.places, this.#first.valveEdges, null)
  }

  first(): Section {
    this.#forgetWider()
    return this.#section(this.#firstValves, this.#first.edges)
  }

  /** The section that has to be closed where one of the first's valves cannot be. */
  without(failed: Valve): Section {
    this.#forgetWider()
    this.#wider = this.#grow(2, failed >= this.#topology.placeCount ? [failed - this.#topology.placeCount] : [], failed)
    const places = [...this.#firstValves.filter(valve => valve < this.#topology.placeCount), ...this.#wider.places]
    const valveEdges = new Set([...this.#first.valveEdges, ...this.#wider.valveEdges].filter(edge => this.#edgeMark[edge] === 0))
    return this.#section(this.#valvesOf(places, valveEdges, failed), [...this.#first.edges, ...this.#wider.edges])
  }

  #section(valves: readonly Valve[], edges: readonly number[]): Section {
    return { valves, edges, hasEdge: edge => this.#edgeMark[edge] !== 0, hasPlace: place => this.#placeMark[place] !== 0 }
  }

  #forgetWider(): void {
    for (const edge of this.#wider.edges) this.#edgeMark[edge] = 0
    for (const place of this.#wider.places) this.#placeMark[place] = 0
    this.#wider = { edges: [], places: [], valveEdges: new Set() }
  }

  #grow(mark: 1 | 2, start: readonly number[], failed: Valve | null): Grown {
    const { edgeFrom, edgeTo, incidentStart, incident, placeCount } = this.#topology
    const grown: Grown = { edges: [], places: [], valveEdges: new Set() }
    const stack: number[] = failed !== null && failed < placeCount ? [failed] : []
    const enter = (edge: number): void => {
      if (this.#edgeMark[edge] !== 0) return
      this.#edgeMark[edge] = mark
      grown.edges.push(edge)
      reach(edgeFrom[edge]!)
      reach(edgeTo[edge]!)
    }
    const reach = (place: number): void => {
      if (this.#placeMark[place] !== 0) return
      this.#placeMark[place] = mark
      grown.places.push(place)
      if (this.#isValve[place] === 0 || place === failed) stack.push(place)
    }
    for (const edge of start) enter(edge)
    while (stack.length > 0) {
      const place = stack.pop()!
      for (let k = incidentStart[place]!; k < incidentStart[place + 1]!; k++) {
        const edge = incident[k]!
        if (this.#edgeMark[edge] !== 0 || isShutEdge(this.#topology, edge)) continue
        if (isValveEdge(this.#topology, edge) && placeCount + edge !== failed) grown.valveEdges.add(edge)
        else enter(edge)
      }
    }
    return this.#takeInner(mark, grown)
  }

  /** A valve with both its sides inside changes nothing: it is part of the section. */
  #takeInner(mark: 1 | 2, grown: Grown): Grown {
    const { edgeFrom, edgeTo } = this.#topology
    for (const edge of [...grown.valveEdges, ...(mark === 2 ? this.#first.valveEdges : [])]) {
      if (this.#edgeMark[edge] !== 0 || this.#placeMark[edgeFrom[edge]!] === 0 || this.#placeMark[edgeTo[edge]!] === 0) continue
      grown.valveEdges.delete(edge)
      this.#edgeMark[edge] = mark
      grown.edges.push(edge)
    }
    return grown
  }

  #valvesOf(places: readonly number[], valveEdges: ReadonlySet<number>, failed: Valve | null): Valve[] {
    const atPlaces = places.filter(place => this.#isValve[place] === 1 && place !== failed && this.#hasOtherSide(place))
    return [...atPlaces, ...[...valveEdges].map(edge => this.#topology.placeCount + edge)].sort((a, b) => a - b)
  }

  #hasOtherSide(place: number): boolean {
    const { incidentStart, incident } = this.#topology
    for (let k = incidentStart[place]!; k < incidentStart[place + 1]!; k++) {
      if (this.#edgeMark[incident[k]!] === 0 && !isShutEdge(this.#topology, incident[k]!)) return true
    }
    return false
  }
}

interface Grown {
  readonly edges: number[]
  readonly places: number[]
  /** Valves that are links, met at the boundary. */
  readonly valveEdges: Set<number>
}
