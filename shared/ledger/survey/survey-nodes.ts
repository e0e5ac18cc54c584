import type { NodeRecord } from '../../twin/asset.ts'
import type { TwinChange } from '../twin-edit.ts'

/** As for lines: one id is one node only where both are near. Metres. */
const SAME_ID_WITHIN_M = 50
/** Nodes of one kind as near as this are one and the same. Metres. */
const SAME_PLACE_M = 0.5

/** What a survey's nodes add and move; what it does not know of one stays. Nodes it misses stay too: lines decide what is gone. */
export function nodeChanges(known: readonly NodeRecord[], survey: readonly NodeRecord[]): TwinChange[] {
  const byId = new Map(known.map(node => [node.id, node]))
  const cells = new Map<string, NodeRecord[]>()
  const cell = (x: number, y: number) => `${Math.floor(x / SAME_PLACE_M)},${Math.floor(y / SAME_PLACE_M)}`
  for (const node of known) {
    const key = cell(node.at[0], node.at[1])
    cells.set(key, [...(cells.get(key) ?? []), node])
  }
  const apart = (a: NodeRecord, b: NodeRecord) => Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1])
  const near = (node: NodeRecord): NodeRecord | undefined => {
    const candidates = [-1, 0, 1].flatMap(i => [-1, 0, 1].flatMap(j => cells.get(cell(node.at[0] + i * SAME_PLACE_M, node.at[1] + j * SAME_PLACE_M)) ?? []))
    return candidates.filter(other => other.kind === node.kind && !taken.has(other.id) && apart(other, node) <= SAME_PLACE_M).sort((a, b) => apart(a, node) - apart(b, node) || (a.id < b.id ? -1 : 1))[0]
  }
  const taken = new Set<string>()
  const used = new Set(byId.keys())
  return survey.flatMap((node): TwinChange[] => {
    const named = byId.get(node.id)
    const match = named && !taken.has(named.id) && apart(named, node) <= SAME_ID_WITHIN_M ? named : near(node)
    if (!match) {
      let { id } = node
      for (let n = 2; used.has(id); n++) id = `${node.id}~${n}`
      used.add(id)
      return [{ table: 'nodes', id, after: { ...node, id } }]
    }
    taken.add(match.id)
    const after: NodeRecord = {
      ...match, at: node.at, nodeType: node.nodeType === 'other' ? match.nodeType : node.nodeType, owner: node.owner.trim() === '' ? match.owner : node.owner,
      ...(node.bottomZ !== undefined && { bottomZ: node.bottomZ }), ...(node.diameterM !== undefined && { diameterM: node.diameterM }),
      attributes: { ...match.attributes, ...Object.fromEntries(Object.entries(node.attributes).filter(([, value]) => value !== null && value !== '')) },
    }
    return JSON.stringify(after) === JSON.stringify(match) ? [] : [{ table: 'nodes', id: match.id, after }]
  })
}
