import { fixOfFlaw, mended, withJoint, type QualityFix } from '#shared/ledger/quality-fix.ts'
import type { TwinChange } from '#shared/ledger/twin-edit.ts'
import { findDuplicates } from '#shared/quality/duplicates.ts'
import { FlawList } from '#shared/quality/flaw-list.ts'
import { findMissingJoints } from '#shared/quality/missing-joints.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import type { ProjectFile } from './project-file.ts'

/** Manholes and fittings that the twin lacks where its lines meet. */
export function missingJointFixes(project: ProjectFile): QualityFix[] {
  const columns = project.columns()
  const list = new FlawList()
  findMissingJoints(columns, project.context().nodes as readonly NodeRecord[], findDuplicates(columns, new FlawList()), list)
  const flaws = list.pack()
  return Array.from({ length: flaws.count }, (_, flaw) => fixOfFlaw({ flaws }, flaw, columns)).filter(fix => fix !== null)
}

/** What fixes make of the twin, read and changed record by record. One that no longer applies changes nothing. */
export function* fixChanges(project: ProjectFile, fixes: readonly QualityFix[]): Generator<TwinChange> {
  const nodes = new NodePlaces(project.context().nodes as readonly NodeRecord[])
  for (const fix of fixes) {
    if (fix.fix === 'put_joint') {
      const node = withJoint(fix, nodes.near(fix.at[0], fix.at[1]), id => nodes.ids.has(id))
      nodes.ids.add(node.id)
      yield { table: 'nodes', id: node.id, after: node }
      continue
    }
    const asset = project.assetNamed(fix.id)
    const after = asset && mended(asset, fix)
    if (asset && after !== asset) yield { table: 'assets', id: fix.id, after }
  }
}

const CELL_M = 1

/** Nodes by place, so that thousands of fixes do not look through all of them each. */
class NodePlaces {
  readonly ids = new Set<string>()
  readonly #cells = new Map<string, NodeRecord[]>()

  constructor(nodes: readonly NodeRecord[]) {
    for (const node of nodes) {
      this.ids.add(node.id)
      const key = this.#keyOf(node.at[0], node.at[1])
      const cell = this.#cells.get(key)
      if (cell) cell.push(node)
      else this.#cells.set(key, [node])
    }
  }

  near(x: number, y: number): NodeRecord[] {
    return [-CELL_M, 0, CELL_M].flatMap(dx => [-CELL_M, 0, CELL_M].flatMap(dy => this.#cells.get(this.#keyOf(x + dx, y + dy)) ?? []))
  }

  #keyOf(x: number, y: number): string {
    return `${Math.floor(x / CELL_M)}:${Math.floor(y / CELL_M)}`
  }
}
