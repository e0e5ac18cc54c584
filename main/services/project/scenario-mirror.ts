import { encodeGeometry } from '#shared/project-format/gpkg-geometry.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { Database } from './database.ts'
import { sectionValues } from './twin-rows.ts'

/** The layer `scenario_assets`: proposals as features, so that a GIS shows the schemes. Nothing reads it back. */
const INSERT = `INSERT INTO scenario_assets (scenario_id, scenario, proposal_id, name, kind, owner, shape, diameter_m, width_m, height_m, laying, pressure_class, voltage_kv, geom)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Brings the features of these proposals up to the document: added, changed or gone. */
export function mirrorProposals(db: Database, document: ScenarioDocument, proposalIds: readonly string[], srsId: number): void {
  for (const id of proposalIds) {
    db.run('DELETE FROM scenario_assets WHERE scenario_id = ? AND proposal_id = ?', document.id, id)
    const proposal = document.proposals[id]
    if (!proposal) continue
    db.run(
      INSERT, document.id, document.name, id, proposal.name, proposal.kind, proposal.owner, ...sectionValues(proposal.section), proposal.laying ?? null,
      proposal.pressureClass ?? null, proposal.voltageKv ?? null, encodeGeometry('line', proposal.axis, srsId),
    )
  }
}

export const renameScenarioMirror = (db: Database, scenarioId: string, name: string) => db.run('UPDATE scenario_assets SET scenario = ? WHERE scenario_id = ?', name, scenarioId)

export const deleteScenarioMirror = (db: Database, scenarioId: string) => db.run('DELETE FROM scenario_assets WHERE scenario_id = ?', scenarioId)
