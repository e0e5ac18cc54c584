import { unattendedJob } from '#shared/core/job.ts'
import { ifcGuid, stableGuid } from '#shared/core/stable-guid.ts'
import type { ExportNetwork } from '#shared/io/export/export-network.ts'
import { EXPORT_FORMATS, INP_FORMATS, type ExportFormat } from '#shared/io/export/formats.ts'
import type { FormatTerms } from '#shared/io/export/format-terms.ts'
import type { AssetRecord, NodeRecord } from '#shared/twin/asset.ts'

const asset = (id: string, fields: Partial<AssetRecord>): AssetRecord => ({
  id, kind: 'water', owner: '渝中区自来水公司', section: { shape: 'circle', diameterM: 0.3 }, status: 'in_use', assumed: 0, attributes: {},
  axis: [[603_510.25, 3_272_001.5, 240.125], [603_530, 3_272_010, 239.5], [603_560.5, 3_272_010.000001, 238.75]], ...fields,
})
const node = (id: string, fields: Partial<NodeRecord>): NodeRecord => ({ id, nodeType: 'manhole', kind: 'sewer_foul', owner: '排水公司', at: [603_500, 3_272_000, 244.5], attributes: {}, ...fields })

/** Both shapes of section, bends, a riser, every optional field, texts that formats trip over, two schemes with a copy. */
export const aNetwork = (): ExportNetwork => ({
  crs: 'EPSG:4545', ground: { type: 'grid', name: '地面', cols: 3, rows: 2, cellSizeM: 50, x0: 603_500, y0: 3_272_000, z: Float64Array.of(244, 245, 246, 244.5, NaN, 246.5) },
  assets: [
    asset('JS-1', { attributes: { material: '球墨铸铁', year: 1987, live: true, remark: `"quoted" 'and' <b> & \\X2\\ 100 %` } }),
    asset('WS 2', { kind: 'sewer_foul', owner: '', section: { shape: 'rectangle', widthM: 1.6, heightM: 1.2 }, laying: 'trench', accuracyPlanM: 0.1, accuracyLevelM: 0.05, attributes: { flowDirection: 'against' }, axis: [[603_500, 3_272_000, 238], [603_540, 3_272_030, 237.6]] }),
    asset('RQ-3', { kind: 'gas', status: 'abandoned', pressureClass: 'medium_a', assumed: 5, axis: [[603_500, 3_272_050, 242], [603_500, 3_272_050, 240], [603_590, 3_272_050, 240]] }),
    asset('DL-4', { kind: 'power', voltageKv: 10, laying: 'duct', section: { shape: 'rectangle', widthM: 0.6, heightM: 0.4 }, axis: [[603_510, 3_272_000, 241], [603_510, 3_272_090, 241]] }),
  ],
  nodes: [node('W1', { diameterM: 0.9, bottomZ: 237.9, attributes: { cover: '铸铁' } }), node('阀-1', { nodeType: 'valve', kind: 'water', owner: '', at: [603_560.5, 3_272_010.000001, 238.75] })],
  proposals: [
    { scheme: '方案A', proposal: { id: 'N1', name: '新燃气管', kind: 'gas', owner: '燃气公司', section: { shape: 'circle', diameterM: 0.2 }, axis: [[603_500, 3_272_020, 242], [603_580, 3_272_025, 241.5]], laying: 'direct' } },
    { scheme: '方案B', proposal: { id: 'N1', name: '', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis: [[603_500, 3_272_021, 242], [603_580, 3_272_026, 241.5]] } },
  ],
})

export const terms = (fields: Partial<FormatTerms> = {}): FormatTerms =>
  ({ name: '网', textOf: key => key.split('.').at(-1)!, job: unattendedJob, ifcGuidOf: (...words) => ifcGuid(stableGuid(...words)), at: '2026-11-26T23:00:00.000Z', plan: false, ...fields })

/** The bytes a format makes of a network. */
export function written(format: string | ExportFormat, network: ExportNetwork, fields: Partial<FormatTerms> = {}): Uint8Array {
  const { write } = typeof format === 'string' ? (EXPORT_FORMATS[format] ?? INP_FORMATS[format as 'swmm']) : format
  return Buffer.concat([...write(network, terms(fields))].map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}
