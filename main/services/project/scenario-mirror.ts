import type { SQLInputValue } from 'node:sqlite'
import { trenchOutline } from '#shared/geometry/trench-outline.ts'
import { encodeGeometry } from '#shared/project-format/gpkg-geometry.ts'
import type { Excavation, Proposal, ScenarioDocument } from '#shared/scenario/document.ts'
import type { Database } from './database.ts'
import { sectionValues } from './twin-rows.ts'

/**
 * The layers `scenario_assets`, `excavations` and `bores`: proposals and excavations as features, so that a GIS shows the
 * schemes. Nothing reads them back.
 */
const LAYERS = [
  { table: 'scenario_assets', id: 'proposal_id' },
  { table: 'excavations', id: 'excavation_id' },
  { table: 'bores', id: 'excavation_id' },
] as const

/** Brings the features of these proposals and excavations up to the document: added, changed or gone. */
export function mirrorScenario(db: Database, document: ScenarioDocument, ids: readonly string[], srsId: number): void {
  for (const id of ids) {
    for (const layer of LAYERS) db.run(`DELETE FROM ${layer.table} WHERE scenario_id = ? AND ${layer.id} = ?`, document.id, id)
    const proposal = Object.hasOwn(document.proposals, id) ? document.proposals[id] : undefined
    const excavation = Object.hasOwn(document.excavations, id) ? document.excavations[id] : undefined
    if (proposal) insertProposal(db, document, proposal, srsId)
    if (excavation) insertExcavation(db, document, excavation, srsId)
  }
}

function insertProposal(db: Database, document: ScenarioDocument, proposal: Proposal, srsId: number): void {
  db.run(
    `INSERT INTO scenario_assets (scenario_id, scenario, proposal_id, name, kind, owner, shape, diameter_m, width_m, height_m, laying, pressure_class, voltage_kv, geom)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    document.id, document.name, proposal.id, proposal.name, proposal.kind, proposal.owner, ...sectionValues(proposal.section), proposal.laying ?? null,
    proposal.pressureClass ?? null, proposal.voltageKv ?? null, encodeGeometry('line', proposal.axis, srsId),
  )
}

function insertExcavation(db: Database, document: ScenarioDocument, { id, name, shape, bottom, slopeRatio, soil, bench, stage }: Excavation, srsId: number): void {
  const common: SQLInputValue[] = [document.id, document.name, id, name, shape.type]
  const stageValues: SQLInputValue[] = [stage?.order ?? null, stage?.from ?? null, stage?.to ?? null]
  if (shape.type === 'bore') {
    db.run(
      `INSERT INTO bores (scenario_id, scenario, excavation_id, name, type, diameter_m, min_radius_m, soil, stage_order, stage_from, stage_to, geom)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...common, shape.diameterM, shape.minRadiusM ?? null, soil ?? null, ...stageValues, encodeGeometry('line', shape.axis, srsId),
    )
    return
  }
  const levelM = bottom && 'levelM' in bottom ? bottom.levelM : null
  const outline = shape.type === 'pit' ? shape.outline : trenchOutline(shape.line, shape.widthM)
  db.run(
    `INSERT INTO excavations (scenario_id, scenario, excavation_id, name, type, depth_m, bottom_z, slope_ratio, soil, trench_width_m, bench_every_m, bench_width_m,
      stage_order, stage_from, stage_to, geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...common, bottom && 'depthM' in bottom ? bottom.depthM : null, levelM, slopeRatio, soil ?? null, shape.type === 'trench' ? shape.widthM : null,
    bench?.everyM ?? null, bench?.widthM ?? null, ...stageValues,
    // A depth is measured from the ground, which this layer knows nothing of: the outline then lies at 0.
    encodeGeometry('polygon', outline.map(([x, y]) => [x, y, levelM ?? 0] as const), srsId),
  )
}

export function renameScenarioMirror(db: Database, scenarioId: string, name: string): void {
  for (const { table } of LAYERS) db.run(`UPDATE ${table} SET scenario = ? WHERE scenario_id = ?`, name, scenarioId)
}

export function deleteScenarioMirror(db: Database, scenarioId: string): void {
  for (const { table } of LAYERS) db.run(`DELETE FROM ${table} WHERE scenario_id = ?`, scenarioId)
}

export function emptyScenarioMirror(db: Database): void {
  for (const { table } of LAYERS) db.exec(`DELETE FROM ${table}`)
}
