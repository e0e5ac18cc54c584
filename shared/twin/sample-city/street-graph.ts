import type { StreetClass } from './street-section.ts'

export type Vec2 = readonly [number, number]

export interface Street {
  readonly index: number
  readonly class: StreetClass
  readonly role: 'ridge' | 'contour' | 'quay' | 'climb'
  readonly special: 'heat' | 'quay' | null
  nameZh: string
  nameEn: string
}

/** Where a through street meets side streets. Plan frame; directions are unit vectors. */
export interface StreetNode {
  readonly index: number
  readonly at: Vec2
  /** Direction of the through street here; side streets leave at right angles. */
  readonly tangent: Vec2
  readonly ring: number
  levelM: number
  readonly edges: StreetEdge[]
}

/** Two nodes to be joined by a stretch of street, and its directions there. */
export interface Link {
  readonly from: StreetNode
  readonly to: StreetNode
  readonly street: Street
  readonly fromDir: Vec2
  readonly toDir: Vec2
}

/** A point of a street's centre line. Plan frame, metres; `alongM` from the start of the edge. */
export interface Station {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly alongM: number
  /** Multiply by an offset (right positive) to get the mitred point beside the station. */
  readonly side: Vec2
}

/**
 * One stretch of a street between two nodes. Straight and level near its nodes (the landing), so that mains of crossing
 * streets meet at right angles on one plane; curved and climbing between.
 * Stations: node, end of landing, …, start of landing, node.
 */
export interface StreetEdge {
  readonly index: number
  readonly street: Street
  readonly from: StreetNode
  readonly to: StreetNode
  readonly stations: readonly Station[]
  readonly lengthM: number
}

export interface StreetNetwork {
  readonly streets: readonly Street[]
  readonly nodes: readonly StreetNode[]
  readonly edges: readonly StreetEdge[]
  /** The lowest node, at the tip: where the foul sewers end. */
  readonly outlet: StreetNode
  readonly lengthM: number
}
