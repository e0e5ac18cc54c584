import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Project, Workspace } from 'epanet-js'
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js'
import { Box3, type Mesh } from 'three'
import { describe, expect, it } from 'vitest'
import { IFCDISTRIBUTIONCHAMBERELEMENT, IFCDISTRIBUTIONSYSTEM, IFCMAPCONVERSION, IFCPIPESEGMENT, IfcAPI } from 'web-ifc'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { importOf } from '../unit/io/mutate.ts'
import { aNetwork, written } from '../unit/io-export/a-network.ts'

/** What others read in the files `export` writes: GDAL, web-ifc, three's glTF loader, EPANET's own engine, the extension's schema. */
const DATA = join(import.meta.dirname, '../../../shared/data')
const hasGdal = spawnSync('ogrinfo', ['--version']).error === undefined

function gdal(file: string, bytes: Uint8Array, ...options: readonly string[]): string {
  const path = join(temporaryFolder(), file)
  writeFileSync(path, bytes)
  const { stdout, stderr, status } = spawnSync('ogrinfo', ['-ro', '-al', ...options, path], { encoding: 'utf8' })
  expect([stderr, status]).toEqual(['', 0])
  return stdout
}

const chinese = { textOf: (key: string) => ({ 'kinds:kind.water': '给水', 'kinds:kind.gas': '燃气', 'kinds:kind.power': '电力', 'kinds:kind.sewer_foul': '污水', 'kinds:status.planned': '规划', 'cli-formats:dxf.points': '点', 'cli-formats:dxf.labels': '注记', 'cli-formats:sheet.assets': '管线线成果表' })[key] ?? key.split('.').at(-1)! }

describe.skipIf(!hasGdal)('GDAL', () => {
  it('reads the drawing: 3D lines on layers with Chinese names', () => {
    const text = gdal('图.dxf', written('.dxf', aNetwork(), chinese))
    expect(text).toContain('Feature Count: 8')
    expect(text).toMatch(/Layer \(String\) = 给水\n[\s\S]*?LINESTRING Z \(603510\.25 3272001\.5 240\.125,603530 3272010 239\.5,603560\.5 3272010\.000001 238\.75\)/)
    expect(text).toMatch(/Layer \(String\) = 燃气-规划/)
    expect(text).toContain('POINT Z (603500 3272000 244.5)')
  })
  it('reads the plan: lines without level, labels with kind, size and crown levels', () => {
    const text = gdal('plan.dxf', written('.dxf', aNetwork(), { ...chinese, plan: true }))
    expect(text).toContain('LINESTRING (603510.25 3272001.5,603530 3272010,603560.5 3272010.000001)')
    // 240.125 + 0.15 and 238.75 + 0.15.
    expect(text).toMatch(/Layer \(String\) = 给水-注记\n[\s\S]*?Text \(String\) = 给水 DN300 crown 240\.28\/238\.90/)
    expect(text).toContain('1600×1200')
  })
  it('reads the workbook: figures are figures, Chinese is whole', () => {
    const text = gdal('表.xlsx', written('.xlsx', aNetwork(), chinese))
    expect(text).toContain('Layer name: 管线线成果表')
    expect(text).toMatch(/owner \(String\) = 渝中区自来水公司/)
    expect(text).toMatch(/easting \(Real\) = 603510\.25/)
    expect(text).toMatch(/year \(Integer\) = 1987/)
  })
})

describe('web-ifc', () => {
  it('reads the model: segments by name, a body for each, chambers, systems and the map conversion', async () => {
    const api = new IfcAPI()
    await api.Init()
    const model = api.OpenModel(new Uint8Array(written('.ifc', aNetwork(), chinese)))
    const lines = (type: number) => { const ids = api.GetLineIDsWithType(model, type); return Array.from({ length: ids.size() }, (_, i) => api.GetLine(model, ids.get(i)) as Record<string, { value: unknown } | null>) }
    expect(api.GetModelSchema(model)).toBe('IFC4X3_ADD2')
    expect(lines(IFCPIPESEGMENT).map(segment => segment['Name']?.value)).toEqual(['JS-1', 'WS 2', 'RQ-3', 'N1', 'N1~2'])
    expect(lines(IFCPIPESEGMENT)[0]!['ObjectType']?.value).toBe('给水')
    expect(lines(IFCDISTRIBUTIONCHAMBERELEMENT).map(chamber => chamber['Name']?.value)).toEqual(['W1'])
    expect(lines(IFCDISTRIBUTIONSYSTEM).map(system => system['Name']?.value).sort()).toEqual(['燃气', '污水', '电力', '给水'].sort())
    expect([lines(IFCMAPCONVERSION)[0]!['Eastings']?.value, lines(IFCMAPCONVERSION)[0]!['Northings']?.value]).toEqual([603_500, 3_272_000])
    // Lowest of the first pipe's body: its lower end 238.75 less its radius, but for the tilt of the disk.
    const [low] = heights(api, model, lines(IFCPIPESEGMENT)[0]!['expressID'] as unknown as number)
    expect(Math.abs(low - 238.6)).toBeLessThan(0.01)
    expect(bodies(api, model)).toBe(4 + 2 + 2 + 1)
    api.CloseModel(model)
  })
})

/** y is up in web-ifc's meshes. */
function heights(api: IfcAPI, model: number, product: number): [number, number] {
  const range: [number, number] = [Infinity, -Infinity]
  api.StreamMeshes(model, [product], mesh => {
    for (let i = 0; i < mesh.geometries.size(); i++) {
      const placed = mesh.geometries.get(i)
      const geometry = api.GetGeometry(model, placed.geometryExpressID)
      const vertices = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize())
      const t = placed.flatTransformation
      for (let k = 0; k < vertices.length; k += 6) {
        const y = t[1]! * vertices[k]! + t[5]! * vertices[k + 1]! + t[9]! * vertices[k + 2]! + t[13]!
        range[0] = Math.min(range[0], y)
        range[1] = Math.max(range[1], y)
      }
    }
  })
  return range
}

function bodies(api: IfcAPI, model: number): number {
  let count = 0
  api.StreamAllMeshes(model, () => void count++)
  return count
}

describe('three', () => {
  it('reads the scene: a mesh per kind, y up, in metres around the origin that is told', async () => {
    const bytes = new Uint8Array(written('.glb', aNetwork(), chinese))
    const { scene } = await new GLTFLoader().parseAsync(bytes.buffer, '')
    const root = scene.children[0]!
    expect(root.userData).toMatchObject({ origin: [603_500, 3_272_000, 0], crs: 'EPSG:4545' })
    expect(root.children.map(child => child.name).sort()).toEqual(['地面', '污水', '燃气', '电力', '给水'].sort())
    const water = root.children.find(child => child.name === '给水') as Mesh
    const box = new Box3().setFromObject(water)
    // Lowest axis level 238.75 less the radius, but for the tilt of a sloping pipe's end.
    expect(box.min.y).toBeCloseTo(238.6, 2)
    expect(box.max.x).toBeCloseTo(60.5, 1)
    expect(box.min.z).toBeLessThan(-10)
    expect((root.children.find(child => child.name === '燃气') as Mesh).geometry.attributes['_asset']!.count).toBeGreaterThan(0)
  })
})

describe('the UtilityNetwork extension', () => {
  const schema = join(DATA, 'cityjson-utilitynetwork/utilitynetwork.ext.json')
  it.skipIf(!existsSync(schema))('knows every type in the CityJSON', () => {
    const { extraCityObjects } = JSON.parse(readFileSync(schema, 'utf8')) as { extraCityObjects: Record<string, unknown> }
    const file = JSON.parse(Buffer.from(written('.json', aNetwork())).toString()) as { version: string; CityObjects: Record<string, { type: string; geometry: { boundaries: number[][] }[] }>; vertices: number[][] }
    expect(Object.values(file.CityObjects).filter(object => !Object.hasOwn(extraCityObjects, object.type))).toEqual([])
    expect(file.vertices.every(vertex => vertex.length === 3 && vertex.every(Number.isSafeInteger))).toBe(true)
    expect(Object.keys(file.CityObjects)).toHaveLength(8)
  })
})

/** EPANET's EN_LPS, and its count of nodes. */
const LITRES_PER_SECOND = 5
const NODE_COUNT = 0
/** Base demands of every node as EPANET has them, all categories together. */
function demandsIn(project: Project): Map<string, number> {
  const ids = Array.from({ length: project.getCount(NODE_COUNT) }, (_, i) => i + 1)
  return new Map(ids.map(node => [project.getNodeId(node), Array.from({ length: project.getNumberOfDemands(node) }, (_, k) => project.getBaseDemand(node, k + 1)).reduce((sum, demand) => sum + demand, 0)]))
}

describe('EPANET', () => {
  it.skipIf(!existsSync(join(DATA, 'wntr/ky4.inp'))).each(['epanet-owa/Net3.inp', 'wntr/ky4.inp', 'epyt-networks/L-TOWN.inp'])('opens and solves %s as exported, with the same pipes', async name => {
    const records = importOf([{ name, bytes: readFileSync(join(DATA, name)) }])
    const text = written('epanet', { crs: null, assets: records.assets, nodes: records.nodes, proposals: [], ground: null })
    const workspace = new Workspace()
    await workspace.loadModule()
    const project = new Project(workspace)
    workspace.writeFile('net.inp', new Uint8Array(text))
    project.open('net.inp', 'net.rpt', 'net.bin')
    project.solveH()
    const [theirs, ours] = [new Project(workspace), demandsIn(project)]
    workspace.writeFile('own.inp', new Uint8Array(readFileSync(join(DATA, name))))
    theirs.open('own.inp', 'own.rpt', 'own.bin')
    theirs.setFlowUnits(LITRES_PER_SECOND)
    const wanted = [...demandsIn(theirs)].filter(([, demand]) => demand !== 0)
    theirs.close()
    expect(wanted.length).toBeGreaterThan(10)
    // EPANET keeps demands in single precision of cubic feet per second.
    for (const [id, demand] of wanted) expect(Math.abs(ours.get(id)! / demand - 1), id).toBeLessThan(1e-4)
    expect(project.getCount(2)).toBe(records.assets.length + records.nodes.filter(node => typeof node.attributes['node1'] === 'string').length)
    project.close()
    const again = importOf([{ name: 'again.inp', bytes: text }])
    const facts = (assets: typeof records.assets) => new Map(assets.filter(asset => asset.attributes['type'] === 'pipe').map(asset => [asset.id, [asset.attributes['lengthM'], ...asset.axis.flat(), asset.section.shape === 'circle' ? asset.section.diameterM : NaN] as number[]]))
    const [before, after] = [facts(records.assets), facts(again.assets)]
    for (const [id, values] of before) after.get(id)?.forEach((value, i) => expect(Math.abs(value - values[i]!), `${id} ${i}`).toBeLessThan(1e-3))
    expect([...before.keys()].filter(id => !after.has(id))).toEqual([])
  })
})

describe('SWMM', () => {
  it.skipIf(!existsSync(join(DATA, 'norfolk-stormwater/brambleton.inp'))).each(['norfolk-stormwater/brambleton.inp', 'swmmio/model_state_plane.inp'])('%s exported and imported again has the same conduits, sizes and inverts within a millimetre', name => {
    const records = importOf([{ name, bytes: readFileSync(join(DATA, name)) }])
    const text = written('swmm', { crs: null, assets: records.assets, nodes: records.nodes, proposals: [], ground: null })
    const again = importOf([{ name: 'again.inp', bytes: text }])
    expect(again.issues.filter(issue => issue.severity === 'error')).toEqual([])
    const after = new Map(again.assets.map(asset => [asset.id, asset]))
    const conduits = records.assets.filter(asset => asset.attributes['type'] === 'conduit')
    expect(conduits.length).toBeGreaterThan(40)
    for (const { id, axis, section } of conduits) {
      const other = after.get(id)!
      const ends = (places: typeof axis) => [places[0]!, places.at(-1)!].flat()
      ends(other.axis).forEach((value, i) => expect(Math.abs(value - ends(axis)[i]!), `${id} ${i}`).toBeLessThan(1e-3))
      const sizes = (own: typeof section) => (own.shape === 'circle' ? [own.diameterM] : [own.widthM, own.heightM])
      sizes(other.section).forEach((value, i) => expect(Math.abs(value - sizes(section)[i]!), id).toBeLessThan(1e-3))
    }
  })
})
