import type { IssueCode } from '#shared/core/issues.ts'

/**
 * What every file of the real data gives, by the counts of its SOURCE.md, and how each of the traps named there shows.
 * Files imported together are separated by blanks; none of their names has one.
 */
export interface Expected { assets: number; nodes: number; boreholes?: number; alignments?: number; surfaces?: readonly string[]; crs?: string | null; issues?: readonly IssueCode[] }
type Row = readonly [path: string, expected: Expected]

/** EPANET and SWMM: conduits or pipes, and pumps, valves, orifices, weirs and outlets that are drawn as lines. */
const inp = (path: string, assets: number, nodes: number, issues: readonly IssueCode[] = []): Row => [path, { assets, nodes, crs: null, issues: ['crs_missing', ...issues] }]
const unf = (mesh: string, assets: number, nodes: number): Row =>
  [`plateau-unf/nagaoka/${mesh}_op.gml`, { assets, nodes, crs: 'EPSG:6676', issues: ['level_zero_unknown', 'size_missing', 'coordinates_swapped'] }]

const soil = (path: string, boreholes: number, crs: string | null, issues: readonly IssueCode[] = []): Row => [path, { assets: 0, nodes: 0, boreholes, crs, issues }]
const ifc = (file: string, expected: Partial<Expected> = {}): Row => [`ifc-infra-unit-test/${file}.ifc`, { assets: 0, nodes: 0, ...expected }]

export const READ: readonly Row[] = [
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
  ['inframodel-m3-road/M3_RS-CL.tg.xml', { assets: 0, nodes: 0, alignments: 1, crs: 'EPSG:3875', issues: ['feature_unsupported'] }],
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
  inp('swmm-epa-nrtest/examples/Example2.inp', 9, 10), inp('swmm-epa-nrtest/examples/Example5.inp', 0, 1), inp('swmm-epa-nrtest/extran/extran2.inp', 9, 10), inp('swmm-epa-nrtest/extran/extran3.inp', 10, 10), inp('swmm-epa-nrtest/extran/extran4.inp', 10, 10),
  inp('swmm-epa-nrtest/extran/extran5.inp', 10, 11), inp('swmm-epa-nrtest/extran/extran6.inp', 11, 11), inp('swmm-epa-nrtest/extran/extran7.inp', 10, 10), inp('swmm-epa-nrtest/extran/extran8a.inp', 9, 10),
  inp('swmmio/Example1.inp', 13, 14), inp('swmmio/Example6.inp', 3, 3), inp('swmmio/groundwater_model.inp', 0, 1), inp('swmmio/model_full_features_network_xy.inp', 9, 9), inp('swmmio/test_inlet_drains.inp', 23, 20), inp('wntr/Net1.inp', 13, 11), inp('wntr/Net3.inp', 119, 97),
  soil('ags-boreholes/1-CO102748.002_NorthKelvinsideLogs.ags', 25, 'EPSG:27700'), soil('ags-boreholes/22_Southwark_Bridge_Road,_Southwark.ags', 1, 'EPSG:27700'), soil('ags-boreholes/AGS3_G11004.ags', 3, 'EPSG:27700'), soil('ags-boreholes/Combined_Court_Centre_East_India_Dock.ags', 31, 'EPSG:27700'),
  soil('ags-boreholes/Docklands_Light_Railway_Woolwich_Extension.ags', 25, 'EPSG:27700', ['crs_assumed']), soil('ags-boreholes/JohnStPrimarySchool.ags', 11, 'EPSG:27700', ['level_missing']), soil('ags-boreholes/Southwark.ags', 2, 'EPSG:27700'), soil('ags-boreholes/Whitworth_Road.ags', 12, 'EPSG:27700', ['level_missing']),
  soil('ags-boreholes/example_broken_ags.ags', 1, 'EPSG:27700', ['schema_invalid']), soil('ags-hkz-cpt/HKZ_20161114_FEBV_HKZ1-CPT01_AGS4.0_V03_F.ags', 1, null, ['crs_missing']),
  soil('gef-bro-soil/cpt.gef', 1, 'EPSG:28992'), soil('gef-bro-soil/example_bore.gef', 1, 'EPSG:28992'), soil('gef-bro-soil/BHR000000336600.xml', 1, 'EPSG:28992'), soil('gef-bro-soil/DP65+005_HB_VL.xml', 1, 'EPSG:28992'), soil('gef-bro-soil/example.xml', 1, 'EPSG:28992'),
  ifc('DrainageSystem-1-1', { assets: 6, nodes: 7, crs: null, issues: ['encoding', 'crs_missing'] }), ifc('DrainageSystem-1-2', { assets: 6, nodes: 7, issues: ['encoding'] }), ifc('Borehole-1', { boreholes: 1 }),
  ifc('Tin-1', { surfaces: ['2357/4517'] }), ifc('UT-Earthworks-01', { surfaces: ['2361/4517'], issues: ['feature_unsupported'] }), ifc('Earthworks-12d-0', { surfaces: ['5/3', '5/3'] }), ifc('Georeferencing-Tin-12d-1', { surfaces: ['768/1407'], crs: 'EPSG:7856' }), ifc('UT_GeoRef_1', { surfaces: ['4/2'] }),
  ...['Earthworks-12d-1', 'FixedReferenceSweptAreaSolid-1', 'Georeferencing-Survey-12d-1', 'SpatialStructure-4'].map(file => ifc(file, { issues: ['schema_invalid'] })),
  ['ifc-infra-unit-test/DrainageSystem-1-1.xml', { assets: 6, nodes: 7, crs: 'EPSG:3878', issues: ['encoding'] }], ['ifc-infra-unit-test/DrainageSystem-1-2.xml', { assets: 0, nodes: 0, surfaces: ['2309/4068'] }],
  ['bcf-xml/MEP.ifc', { assets: 5, nodes: 3, issues: ['kind_unknown'] }], ['bcf-xml/Architectural.ifc', { assets: 0, nodes: 0, issues: ['feature_unsupported', 'schema_invalid'] }],
  ['district-heating/erzeuger_plants.geojson', { assets: 1, nodes: 0 }], ['district-heating/hast_substations.geojson', { assets: 3, nodes: 0 }], ['district-heating/ruecklauf_return.geojson', { assets: 4, nodes: 0 }], ['district-heating/vorlauf_supply.geojson', { assets: 4, nodes: 0 }],
  ['giswater-example/ud_connecs.geojson', { assets: 0, nodes: 471 }], ['giswater-example/ud_gullies.geojson', { assets: 0, nodes: 231 }], ['giswater-example/ud_links.geojson', { assets: 708, nodes: 0 }], ['giswater-example/ud_nodes.geojson', { assets: 0, nodes: 196 }],
  ['giswater-example/ws_arcs.geojson', { assets: 269, nodes: 0 }], ['giswater-example/ws_nodes.geojson', { assets: 0, nodes: 238, issues: ['level_zero_unknown'] }], ['giswater-example/ws_connecs.geojson', { assets: 0, nodes: 477 }], ['giswater-example/ws_links.geojson', { assets: 478, nodes: 0 }],
  ['gwsw-hydx/Knooppunt.csv', { assets: 0, nodes: 85 }], ['open-fibre/network-package.json', { assets: 1, nodes: 2 }],
  // Pipes, two valves and a pump; two pipes of 2 m join junctions drawn in one place.
  ['pandapipes-pandapower/versatility_N.json', { assets: 11, nodes: 12, issues: ['zero_length'] }], ['pandapipes-pandapower/versatility_PC.json', { assets: 13, nodes: 12, issues: ['zero_length'] }],
  ['plateau-unf/qc/Z-unf-00_no-error/08EE753_unf_10169_sewer_op.gml', { assets: 2, nodes: 2 }], ['plateau-unf/qc/Z-unf-02_surface-not-closed/08EE753_unf_10169_sewer_op.gml', { assets: 1, nodes: 0, issues: ['schema_invalid'] }],
  ['wntr/Net1_hydrant_data.geojson', { assets: 0, nodes: 3 }], ['wntr/Net1_valve_data.geojson', { assets: 0, nodes: 3 }], ['wntr/ky4_pumps.geojson', { assets: 0, nodes: 2 }], ['wntr/ky4_reservoirs.geojson', { assets: 0, nodes: 1 }], ['wntr/ky4_tanks.geojson', { assets: 0, nodes: 4 }],
]

export const REFUSED: readonly (readonly [path: string, code: IssueCode])[] = [
  ['wntr/bad_syntax.inp', 'schema_invalid'], ['wntr/pressure.csv', 'schema_invalid'], ['cityjson-utilitynetwork/sample_utility_network.city.json', 'coordinates_invalid'],
    ['fcl-collision/env.obj', 'feature_unsupported'], ['schependomlaan-bcf/ROOT-Vebo_interne_modelkwaliteit.bcfzip', 'feature_unsupported'],
  ['norfolk-stormwater/mycons_prj.dbf', 'part_missing'],
  ...['Debiet', 'ItObject', 'Kunstwerk', 'Meta', 'Nwrw', 'Oppervlak', 'Profiel', 'Verloop'].map(table => [`gwsw-hydx/${table}.csv`, 'schema_invalid'] as const),
  ['norfolk-stormwater/mynodesshp.dbf', 'part_missing'], ['nanaimo-water/PARCELS_sm.dbf', 'part_missing'], ['nanaimo-water/PIPES_AND_SERVICES_sm.dbf', 'part_missing'], ['cityjson-utilitynetwork/utilitynetwork.ext.json', 'schema_invalid'], ['epanet-owa/Net1.out', 'feature_unsupported'], ['fcl-collision/rob.obj', 'feature_unsupported'],
  ...[1, 2, 3].map(n => [`fcl-collision/Model_1_Scenario_${n}.txt`, 'feature_unsupported'] as const),
  ...['00_no-error', '01_invalid-geometry-type', '02_surface-not-closed'].map(name => [`plateau-unf/qc/Z-unf-${name}/summary_unf.json`, 'schema_invalid'] as const),
  ...['Common_MapLevel', 'Common_dmCode', 'Common_geometryType', 'Common_shapeType', 'DataQualityAttribute_geometrySrcDesc', 'DataQualityAttribute_thematicSrcDesc'].map(name => [`plateau-unf/codelists/${name}.xml`, 'feature_unsupported'] as const),
]

/** A trap that a SOURCE.md names and the issue that says it, with how often where the SOURCE.md counts it. */
export const TRAPS: readonly (readonly [trap: string, files: string, code: IssueCode, count?: number])[] = [
  ['a broken AGS file', 'ags-boreholes/example_broken_ags.ags', 'schema_invalid'],
  ['holes without a level', 'ags-boreholes/Whitworth_Road.ags', 'level_missing', 12],
  ['grid of the coordinates not named', 'ags-boreholes/AGS3_G11004.ags', 'crs_assumed', 3],
  ['water node depth 0 though the ground is given', 'giswater-example/ws_nodes.geojson', 'level_zero_unknown', 238],
  ['virtual arcs of size 0', 'giswater-example/ud_arcs.geojson', 'size_missing', 6],
  ['UTF-8 read as ISO-8859-1', 'ifc-infra-unit-test/DrainageSystem-1-1.ifc', 'encoding', 1],
  ['a draft of the schema (IFC4X3_RC3)', 'ifc-infra-unit-test/DrainageSystem-1-1.ifc', 'schema_invalid', 1],
  ['ISO-8859-1', 'ifc-infra-unit-test/DrainageSystem-1-1.xml', 'encoding', 1],
  ['millimetres called centimetres', 'nanaimo-water/nanaimo_water_pipes_utilitynetworkade092.gml', 'unit_suspect', 1],
  ['diameter 0 for 29 of 56', 'nanaimo-water/nanaimo_water_pipes_utilitynetworkade092.gml', 'size_missing', 29],
  ['levels estimated from a terrain model', 'nanaimo-water/nanaimo_water_pipes_utilitynetworkade092.gml', 'level_assumed', 56],
  ['1056 of 3331 without a diameter', 'nanaimo-water/PIPES_AND_SERVICES_sm.shp', 'size_missing', 1056],
  ['terrain in whole metres', 'nanaimo-water/Nanaimo_DEM1.tif', 'surface_coarse', 1],
  ['points declared over lines', 'norfolk-stormwater/mynodesshp.shp', 'geometry_mismatch', 375],
  ['null geometry', 'norfolk-stormwater/mynodes2.geojson', 'geometry_null', 375],
  ['Z of 0 for unknown', 'plateau-unf/nagaoka/08EE751_unf_10169_lv_op.gml', 'level_zero_unknown', 619],
  ['northing first', 'plateau-unf/nagaoka/08EE751_unf_10169_lv_op.gml', 'coordinates_swapped', 1],
  ['no diameter', 'plateau-unf/nagaoka/08EE751_unf_10169_lv_op.gml', 'size_missing', 619],
  ['two solids of the wrong type', 'plateau-unf/qc/Z-unf-01_invalid-geometry-type/08EE753_unf_10169_sewer_op.gml', 'geometry_mismatch', 2],
  ['a solid that is not closed', 'plateau-unf/qc/Z-unf-02_surface-not-closed/08EE753_unf_10169_sewer_op.gml', 'schema_invalid', 1],
  ['links to nodes that are not there', 'swmmio/invalid_model.inp', 'schema_invalid', 3],
  ['feet with metres', 'wntr/ky4_pipes.geojson', 'unit_suspect', 1],
]
