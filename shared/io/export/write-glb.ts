import type { OuterSection, Vec3 } from '../../twin/asset.ts'
import type { AssetKind } from '../../twin/kinds.ts'
import { originFor } from '../../twin/twin.ts'
import { namedLines, type NamedLine } from './canonical-properties.ts'
import type { ExportNetwork } from './export-network.ts'
import { counted, type FormatTerms } from './format-terms.ts'
import { groundTriangles } from './ground-tin.ts'

/** Sides of a round pipe. */
const SIDES = 12

/** Base colours near those of the survey code, linear. */
const COLOURS: Readonly<Record<AssetKind, readonly [number, number, number]>> = {
  water: [0.02, 0.12, 0.8], reclaimed: [0.02, 0.5, 0.7], sewer_foul: [0.25, 0.1, 0.03], sewer_storm: [0.35, 0.2, 0.06], sewer_combined: [0.3, 0.14, 0.04], gas: [0.85, 0.1, 0.55], heat: [0.9, 0.3, 0.02],
  power: [0.8, 0.03, 0.03], telecom: [0.03, 0.5, 0.08], industrial: [0.1, 0.1, 0.1], tunnel: [0.35, 0.35, 0.4], trench: [0.4, 0.4, 0.35], unknown: [0.3, 0.3, 0.3],
}
const GROUND_COLOUR = [0.25, 0.28, 0.2] as const

interface Mesh {
  readonly name: string
  readonly colour: readonly [number, number, number]
  /** [x, y, z, …] y up, relative to the origin. */
  readonly positions: number[]
  readonly indices: number[]
  /** Per vertex, the number of its asset in `ids`. */
  readonly assets: number[]
  readonly ids: string[]
}

/**
 * A scene (glTF 2.0 binary): a mesh per kind and the ground, y up and in metres as glTF prescribes, relative to an origin
 * that the root node's extras give with the coordinate system. `_ASSET` numbers each vertex's asset in the mesh's `ids`.
 */
export function* writeGlb(network: ExportNetwork, { name, textOf, job }: FormatTerms): Generator<Uint8Array> {
  const lines = [...namedLines(network)]
  const [low] = [lines.flatMap(line => line.record.axis.slice(0, 1)).reduce<Vec3>((least, place) => [Math.min(least[0], place[0]), Math.min(least[1], place[1]), Math.min(least[2], place[2])], [Infinity, Infinity, Infinity])]
  const origin = originFor(low[0], low[1])
  const toScene = ([x, y, z]: Vec3): Vec3 => [x - origin[0], z - origin[2], origin[1] - y]
  const meshes = new Map<AssetKind, Mesh>()
  for (const line of counted(lines, lines.length, job)) {
    const { kind } = line.record
    let mesh = meshes.get(kind)
    if (!mesh) meshes.set(kind, (mesh = { name: textOf(`kinds:kind.${kind}`), colour: COLOURS[kind], positions: [], indices: [], assets: [], ids: [] }))
    addLine(mesh, line, toScene)
  }
  const all = [...meshes.values()]
  if (network.ground) {
    const { xyz, faces } = groundTriangles(network.ground)
    const positions: number[] = []
    for (let i = 0; i < xyz.length; i += 3) positions.push(...toScene([xyz[i]!, xyz[i + 1]!, xyz[i + 2]!]))
    all.push({ name: network.ground.name || 'ground', colour: GROUND_COLOUR, positions, indices: [...faces], assets: [], ids: [] })
  }
  yield* container(all.filter(mesh => mesh.indices.length > 0), { name, origin, crs: network.crs })
}

function addLine(mesh: Mesh, { id, record }: NamedLine, toScene: (place: Vec3) => Vec3): void {
  const number = mesh.ids.push(id) - 1
  for (let i = 1; i < record.axis.length; i++) {
    const ring = ringOf(record.axis[i - 1]!, record.axis[i]!, record.section)
    if (!ring) continue
    const first = mesh.positions.length / 3
    for (const end of [record.axis[i - 1]!, record.axis[i]!]) {
      for (const [dx, dy, dz] of ring) {
        mesh.positions.push(...toScene([end[0] + dx, end[1] + dy, end[2] + dz]))
        mesh.assets.push(number)
      }
    }
    const sides = ring.length
    for (let k = 0; k < sides; k++) {
      const [a, b] = [first + k, first + ((k + 1) % sides)]
      mesh.indices.push(a, b, b + sides, a, b + sides, a + sides)
      if (k >= 2) mesh.indices.push(first, first + k, first + k - 1, first + sides, first + sides + k - 1, first + sides + k)
    }
  }
}

/** Offsets of the outer surface around a straight part; null for one without length. */
function ringOf(from: Vec3, to: Vec3, section: OuterSection): Vec3[] | null {
  const along: Vec3 = [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
  const [lengthM, planM] = [Math.hypot(...along), Math.hypot(along[0], along[1])]
  if (lengthM === 0) return null
  const across: Vec3 = planM > 1e-9 ? [along[1] / planM, -along[0] / planM, 0] : [1, 0, 0]
  const t = along.map(value => value / lengthM) as unknown as Vec3
  const up: Vec3 = [across[1] * t[2] - across[2] * t[1], across[2] * t[0] - across[0] * t[2], across[0] * t[1] - across[1] * t[0]]
  const at = (u: number, v: number): Vec3 => [across[0] * u + up[0] * v, across[1] * u + up[1] * v, across[2] * u + up[2] * v]
  if (section.shape === 'rectangle') return [at(-section.widthM / 2, -section.heightM / 2), at(section.widthM / 2, -section.heightM / 2), at(section.widthM / 2, section.heightM / 2), at(-section.widthM / 2, section.heightM / 2)]
  const radiusM = section.diameterM / 2
  return Array.from({ length: SIDES }, (_, k) => at(radiusM * Math.cos((2 * Math.PI * k) / SIDES), radiusM * Math.sin((2 * Math.PI * k) / SIDES)))
}

const [FLOAT, UINT32, ARRAY_BUFFER, ELEMENT_BUFFER] = [5126, 5125, 34962, 34963] as const

/** JSON and binary chunk of a .glb. */
function* container(meshes: readonly Mesh[], root: { readonly name: string; readonly origin: Vec3; readonly crs: string | null }): Generator<Uint8Array> {
  const [views, accessors, parts]: [object[], object[], Uint8Array[]] = [[], [], []]
  let bytes = 0
  const put = (data: Float32Array | Uint32Array, target: number, accessor: object): number => {
    views.push({ buffer: 0, byteOffset: bytes, byteLength: data.byteLength, target })
    parts.push(new Uint8Array(data.buffer))
    bytes += data.byteLength
    return accessors.push({ bufferView: views.length - 1, componentType: data instanceof Float32Array ? FLOAT : UINT32, ...accessor }) - 1
  }
  const gltfMeshes = meshes.map((mesh, i) => {
    const positions = Float32Array.from(mesh.positions)
    const attributes: Record<string, number> = { POSITION: put(positions, ARRAY_BUFFER, { type: 'VEC3', count: positions.length / 3, ...boundsOf(positions) }) }
    if (mesh.assets.length > 0) attributes['_ASSET'] = put(Float32Array.from(mesh.assets), ARRAY_BUFFER, { type: 'SCALAR', count: mesh.assets.length })
    const indices = put(Uint32Array.from(mesh.indices), ELEMENT_BUFFER, { type: 'SCALAR', count: mesh.indices.length })
    return { name: mesh.name, primitives: [{ attributes, indices, material: i }], extras: { ids: mesh.ids } }
  })
  const json = {
    asset: { version: '2.0', generator: 'Underplan' }, scene: 0, scenes: [{ name: root.name, nodes: [0] }],
    nodes: [{ name: root.name, ...(meshes.length > 0 && { children: meshes.map((_, i) => i + 1) }), extras: { origin: root.origin, crs: root.crs } }, ...meshes.map((mesh, i) => ({ name: mesh.name, mesh: i }))],
    ...(meshes.length > 0 && {
      meshes: gltfMeshes, accessors, bufferViews: views, buffers: [{ byteLength: bytes }],
      materials: meshes.map(mesh => ({ name: mesh.name, doubleSided: true, pbrMetallicRoughness: { baseColorFactor: [...mesh.colour, 1], metallicFactor: 0, roughnessFactor: 0.8 } })),
    }),
  }
  const text = new TextEncoder().encode(JSON.stringify(json))
  const jsonBytes = Math.ceil(text.length / 4) * 4
  const hasData = bytes > 0
  yield words(0x46546c67, 2, 12 + 8 + jsonBytes + (hasData ? 8 + bytes : 0), jsonBytes, 0x4e4f534a)
  yield text
  yield new Uint8Array(jsonBytes - text.length).fill(0x20)
  if (!hasData) return
  yield words(bytes, 0x004e4942)
  yield* parts
}

const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer)

function boundsOf(positions: Float32Array): { min: number[]; max: number[] } {
  const [min, max] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]]
  positions.forEach((value, i) => {
    min[i % 3] = Math.min(min[i % 3]!, value)
    max[i % 3] = Math.max(max[i % 3]!, value)
  })
  return { min, max }
}
