import { rmSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { ProjectFile, type OpenedProject } from '#main/services/project-file.ts'
import type { ImportedRecords } from '#shared/io/source.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { TwinRecords } from '#shared/twin/twin.ts'
import { IDS, TwinBuilder } from './twin-builder.ts'

/** A small twin with something in every table, in EPSG:25831. */
export const aSmallTwin = (): TwinRecords =>
  TwinBuilder.with().inCrs('EPSG:25831')
    .aPipe(IDS.W1, [[430_003.25, 4_581_007.5, 31.125], [430_020, 4_581_000, 31], [430_040, 4_581_000, 30.5]], { attributes: { material: '球墨铸铁', year: 1987, live: true, note: null } })
    .aPipe(IDS.G1, [[430_000, 4_581_020, 32], [430_040, 4_581_020, 32]], { kind: 'gas', status: 'abandoned', assumed: 5 })
    .aPipe(IDS.P1, [[430_010, 4_581_000, 33], [430_010, 4_581_040, 33]], { kind: 'power', owner: '供电局' })
    .aManhole(IDS.M1, [430_020, 4_581_000, 34]).aValve(IDS.V1, [430_003.25, 4_581_007.5, 31.125])
    .onGround({ type: 'grid', name: 'ground', cols: 3, rows: 2, cellSizeM: 50, x0: 430_000, y0: 4_581_000, z: Float64Array.of(34, 35, 36, 34.5, NaN, 36.5) })
    .aBuilding(IDS.BUILDING1, [[430_001, 4_581_001], [430_008, 4_581_001], [430_008, 4_581_006]])
    .aSurface('tree 1', [[430_030, 4_581_030]], { type: 'tree', geometry: 'point', heightM: 6 })
    .aSurface('kerb 1', [[430_000, 4_581_010], [430_050, 4_581_010]], { type: 'kerb', geometry: 'line' })
    .aBlock(IDS.B1, [[430_000, 4_581_000], [430_050, 4_581_000], [430_050, 4_581_050]])
    .build()

export const aProposal = (id: string, fields: Partial<Proposal> = {}) => ({
  id, name: '', kind: 'gas' as const, owner: '', section: { shape: 'circle' as const, diameterM: 0.3 }, ...fields,
  axis: (fields.axis ?? [[430_000, 4_581_000, 30], [430_050, 4_581_040, 30]]).map(([x, y, z]): [number, number, number] => [x, y, z]),
})

export const importedRecords = (fields: Partial<ImportedRecords>): ImportedRecords => ({ crs: 'EPSG:25831', assets: [], nodes: [], surfaceFeatures: [], grounds: [], blocks: [], proposals: [], ...fields })

export const anImportEntry = (name = 'source.geojson') => ({ files: [{ name, sha256: 'a'.repeat(64) }], crs: 'EPSG:25831', mapping: null, issues: [] })

/** Opened, and closed when the test ends whatever happens. */
export async function opened(path: string, options: { readOnly?: boolean } = {}): Promise<OpenedProject> {
  const result = await ProjectFile.open(path, options)
  onTestFinished(() => result.project.close())
  return result
}

export async function created(path: string, content: Parameters<typeof ProjectFile.create>[1] = { records: aSmallTwin() }): Promise<ProjectFile> {
  const project = await ProjectFile.create(path, content)
  onTestFinished(async () => {
    await project.close()
    rmSync(path, { force: true })
  })
  return project
}
