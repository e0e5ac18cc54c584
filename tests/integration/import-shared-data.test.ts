import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ImportRefused } from '#main/services/import-files.ts'
import { runImportTask, type TrialImport } from '#main/services/import-task.ts'
import { unattendedJob } from '#shared/core/job.ts'
import type { IssueCode } from '#shared/core/issues.ts'

/**
 * Every folder of the real data: imported with the counts of its SOURCE.md, or refused with the right reason, and each of
 * its traps told by the code that stands for it (cli.md, "issues").
 */
const DATA = new URL('../../../shared/data/', import.meta.url)
const has = (path: string) => existsSync(new URL(path.split(' ')[0]!, DATA))

interface Expected { assets: number; nodes: number; surfaces?: readonly string[]; crs?: string | null; issues?: readonly IssueCode[] }
type Row = readonly [path: string, expected: Expected]

function importFiles(path: string): TrialImport {
  const files = path.split(' ').map(part => ({ path: new URL(part, DATA).pathname, mappings: [] }))
  return runImportTask({ do: 'import', files, crs: 'own', ground: null, assetIds: null, withRecords: false }, unattendedJob) as TrialImport
}

const sizeOf = (surface: TrialImport['surfaceSizes'][number]) => (surface.type === 'tin' ? `${surface.points}/${surface.faces}` : `${surface.cols}x${surface.rows}`)

/** EPANET and SWMM: conduits or pipes, and pumps, valves, orifices, weirs and outlets that are drawn as lines. */
const inp = (path: string, assets: number, nodes: number, issues: readonly IssueCode[] = []): Row => [path, { assets, nodes, crs: null, issues: ['crs_missing', ...issues] }]
const unf = (mesh: string, assets: number, nodes: number): Row =>
  [`plateau-unf/nagaoka/${mesh}_op.gml`, { assets, nodes, crs: 'EPSG:6676', issues: ['level_zero_unknown', 'size_missing', 'coordinates_swapped'] }]

const READ: readonly Row[] = [
  inp('epanet-owa/Net1.inp', 13, 11, ['unit_suspect']), inp('epanet-owa/Net2.inp', 40, 36), inp('epanet-owa/Net3.inp', 119, 97),
  inp('epyt-networks/BWSN_Network_1.inp', 178, 129), inp('epyt-networks/Balerma.inp', 454, 447), inp('epyt-networks/BattleOfCalibrationNetworks_C-Town.inp', 444, 396), inp('epyt-networks/Hanoi.inp', 34, 32),
  inp('epyt-networks/L-TOWN.inp', 909, 785), inp('epyt-networks/NewYorkTunnels_wq.inp', 42, 20), inp('epyt-networks/foss_poly_1.inp', 58, 37), inp('epyt-networks/ky1.inp', 984, 860), inp('epyt-networks/ky3.inp', 366, 280),
  inp('pystorms/delta.inp', 30, 27), inp('pystorms/gamma.inp', 21, 22),
  inp('swmm-epa-nrtest/examples/Example1.inp', 13, 14), inp('swmm-epa-nrtest/examples/Example3.inp', 33, 34), inp('swmm-epa-nrtest/examples/Example4.inp', 0, 1), inp('swmm-epa-nrtest/extran/extran1.inp', 9, 10), inp('swmm-epa-nrtest/extran/extran10.inp', 6, 3), inp('swmm-epa-nrtest/extran/extran9.inp', 1, 2),
  inp('swmmio/model_state_plane.inp', 44, 45), inp('swmmio/model_full_features_network.inp', 9, 9, ['geometry_null']), inp('swmmio/invalid_model.inp', 9, 9, ['schema_invalid']),
  inp('wntr/Anytown.inp', 46, 25), inp('wntr/Net6.inp', 3892, 3356), inp('wntr/ky4.inp', 1156, 966), inp('norfolk-stormwater/brambleton.inp', 374, 375),
  ['wntr/ky4_pipes.geojson', { assets: 1156, nodes: 0, issues: ['unit_suspect'] }], ['wntr/ky4_junctions.geojson', { assets: 0, nodes: 959 }],
  ['wntr/ky4_elevation.tif', { assets: 0, nodes: 0, surfaces: ['587x402'] }], ['wntr/Net1_elevation_data.tif', { assets: 0, nodes: 0, surfaces: ['51x81'] }],
  ['norfolk-stormwater/mycons_prj.shp', { assets: 374, nodes: 0, crs: 'EPSG:32618' }], ['norfolk-stormwater/mycons_prj.geojson', { assets: 374, nodes: 0, crs: 'EPSG:32618' }],
  ['norfolk-stormwater/norfolk_model_conduits.gpkg', { assets: 374, nodes: 0, crs: 'EPSG:32618' }], ['norfolk-stormwater/mynodesshp.shp', { assets: 0, nodes: 375, issues: ['geometry_mismatch'] }],
  ['norfolk-stormwater/mynodes2.geojson', { assets: 0, nodes: 0, issues: ['geometry_null'] }],
  ['nanaimo-water/PIPES_AND_SERVICES_sm.shp', { assets: 3331, nodes: 0, crs: 'EPSG:26910', issues: ['size_missing'] }], ['nanaimo-water/PARCELS_sm.shp', { assets: 0, nodes: 0, issues: ['feature_unsupported'] }],
  ['nanaimo-water/nanaimo_water_pipes_utilitynetworkade092.gml', { assets: 56, nodes: 28, crs: 'EPSG:26910', issues: ['unit_suspect', 'size_missing'] }],
  ['nanaimo-water/nanaimo_water_pipes_3d.dxf', { assets: 56, nodes: 0, crs: null, issues: ['crs_missing', 'unit_suspect'] }],
  ['nanaimo-water/Nanaimo_DEM1.tif', { assets: 0, nodes: 0, surfaces: ['1364x1104'], crs: 'EPSG:26910' }], ['nanaimo-water/nanaimo_dem_clip_20m.asc', { assets: 0, nodes: 0, surfaces: ['412x294'], crs: 'EPSG:26910' }],
  ['ifc-infra-unit-test/DrainageSystem-1-1.xml ifc-infra-unit-test/DrainageSystem-1-2.xml', { assets: 6, nodes: 7, surfaces: ['2309/4068'], crs: 'EPSG:3878', issues: ['encoding'] }],
  ['inframodel-m3-road/M3_Terrain.mm.xml', { assets: 0, nodes: 0, surfaces: ['19872/36067'], crs: 'EPSG:3875' }], ['inframodel-m3-road/M3_Rockbed_survey.mm.xml', { assets: 0, nodes: 0, surfaces: ['2037/3244'] }],
  ['inframodel-m3-road/M3_Lowest_Comb_Rev2_201200.mm.xml', { assets: 0, nodes: 0, surfaces: ['4997/8881'] }], ['inframodel-m3-road/M3_Highest_Comb_rev2_Highest_combination_of_surface.mm.xml', { assets: 0, nodes: 0, surfaces: ['6547/11959'] }],
  ['inframodel-m3-road/M3_RS-CL.tg.xml', { assets: 0, nodes: 0, issues: ['feature_unsupported'] }],
  unf('08EE751_unf_10169_blower', 53, 15), unf('08EE751_unf_10169_gas', 7, 0), unf('08EE751_unf_10169_hv', 11, 34), unf('08EE751_unf_10169_lv', 619, 390), unf('08EE751_unf_10169_snowmelt', 90, 34),
  unf('08EE751_unf_10169_watercirc', 366, 257), unf('08EE752_unf_10169_hv', 4, 30), unf('08EE752_unf_10169_lv', 87, 94), unf('08EE752_unf_10169_water', 237, 152),
  ['plateau-unf/nagaoka-lod3/08EE752_unf_10169_sewer_lod3_op.gml', { assets: 2, nodes: 2 }], ['plateau-unf/takeshiba/53393680_unf_6697_op.gml', { assets: 1, nodes: 1, crs: 'EPSG:32654' }],
  ['plateau-unf/takeshiba/53393680_unf_lod3_6697_op.gml', { assets: 1, nodes: 0 }], ['plateau-unf/takeshiba/53393690_tun_6697_40_op.gml', { assets: 1, nodes: 0 }],
  ['plateau-unf/qc/Z-unf-01_invalid-geometry-type/08EE753_unf_10169_sewer_op.gml', { assets: 2, nodes: 0, issues: ['geometry_mismatch'] }],
  ['plateau-dem/523965_dem_6697_05_op.gml', { assets: 0, nodes: 0, surfaces: ['866/1066'], crs: 'EPSG:32654' }],
  ['teksi-wastewater/test-dataset-DSS.xtf', { assets: 102, nodes: 88, crs: 'EPSG:2056' }], ['teksi-wastewater/minimal-dataset-DSS.xtf', { assets: 1, nodes: 2 }], ['teksi-wastewater/minimal-dataset-SIA405-ABWASSER.xtf', { assets: 1, nodes: 2 }],
  ['teksi-wastewater/test-dataset-organisations.xtf', { assets: 0, nodes: 0, issues: ['schema_invalid'] }],
  // Five weirs and pumps join nodes in one place: told as lines without length.
  ['gwsw-hydx/Verbinding.csv', { assets: 91, nodes: 85, issues: ['zero_length', 'crs_missing'] }],
  ['pandapipes-pandapower/district_N.json', { assets: 15, nodes: 15 }], ['pandapipes-pandapower/mv_oberrhein.json', { assets: 181, nodes: 179, crs: 'EPSG:32632' }],
  ['open-fibre/spans.geojson', { assets: 1, nodes: 0, issues: ['crs_assumed'] }], ['open-fibre/nodes.geojson', { assets: 0, nodes: 2 }],
  ['district-heating/dimensioned_network.geojson', { assets: 96, nodes: 0, crs: 'EPSG:25833' }],
  ['giswater-example/ud_arcs.geojson', { assets: 206, nodes: 0, crs: 'EPSG:25831', issues: ['size_missing'] }], ['giswater-example/ws_arcs.geojson giswater-example/ws_nodes.geojson', { assets: 269, nodes: 238, issues: ['level_zero_unknown'] }],
]

const REFUSED: readonly (readonly [path: string, code: IssueCode])[] = [
  ['wntr/bad_syntax.inp', 'schema_invalid'], ['wntr/pressure.csv', 'schema_invalid'], ['cityjson-utilitynetwork/sample_utility_network.city.json', 'coordinates_invalid'],
  ['open-fibre/network-package.json', 'schema_invalid'], ['ags-boreholes/Southwark.ags', 'feature_unsupported'], ['ags-hkz-cpt/HKZ_20161114_FEBV_HKZ1-CPT01_AGS4.0_V03_F.ags', 'feature_unsupported'],
  ['gef-bro-soil/cpt.gef', 'feature_unsupported'], ['gef-bro-soil/BHR000000336600.xml', 'feature_unsupported'], ['ifc-infra-unit-test/DrainageSystem-1-1.ifc', 'feature_unsupported'],
  ['fcl-collision/env.obj', 'feature_unsupported'], ['bcf-xml/MEP.ifc', 'feature_unsupported'], ['schependomlaan-bcf/ROOT-Vebo_interne_modelkwaliteit.bcfzip', 'feature_unsupported'],
  ['norfolk-stormwater/mycons_prj.dbf', 'part_missing'],
]

describe('every folder of the real data imports with its counts', () => {
  for (const [path, expected] of READ) {
    it.skipIf(!has(path))(path, () => {
      const outcome = importFiles(path)
      expect([outcome.assets.total, outcome.nodes, outcome.surfaceSizes.map(sizeOf)]).toEqual([expected.assets, expected.nodes, expected.surfaces ?? []])
      if (expected.crs !== undefined) expect(outcome.crs).toBe(expected.crs)
      expect(outcome.issues.map(issue => issue.code)).toEqual(expect.arrayContaining([...(expected.issues ?? [])]))
    })
  }
})

describe('what cannot be read is refused with its reason', () => {
  for (const [path, code] of REFUSED) {
    it.skipIf(!has(path))(`${path}: ${code}`, () => {
      let refusal: unknown = null
      try {
        importFiles(path)
      } catch (cause) {
        refusal = cause
      }
      expect(refusal).toBeInstanceOf(ImportRefused)
      expect((refusal as ImportRefused).issue?.code).toBe(code)
    })
  }
  it.skipIf(!has('wntr'))('none of the data is absent', () => {
    expect([...READ, ...REFUSED].map(([path]) => path).filter(path => !has(path))).toEqual([])
  })
})
