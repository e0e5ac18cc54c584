import { Session } from 'node:inspector/promises'
import { PerspectiveCamera, ShaderMaterial } from 'three'
import { describe, expect, it } from 'vitest'
import { CameraRig } from '#renderer/scene/camera/camera-rig.ts'
import { PicturePlaces } from '#renderer/scene/camera/picture-places.ts'
import { eyeOf, projectPoint } from '#renderer/scene/camera/pose.ts'
import { MarkClusters } from '#renderer/scene/overlay/mark-clusters.ts'
import { WordRoom } from '#renderer/scene/overlay/word-room.ts'
import { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { SegmentSupply } from '#renderer/scene/tiles/segment-supply.ts'
import { TileField } from '#renderer/scene/tiles/tile-field.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { aProposal } from '../../builders/project-fixtures.ts'

const FRAMES = 100
/** Until the compiler has seen enough of them: numbers that only the interpreter boxes are not what this is about. */
const WARM_UP_FRAMES = 2000
/** A camera's few vectors and some boxed numbers; an object for every mark would be twenty times as much, one for every tile some as well. */
const MOST_BYTES_A_FRAME = 16_384

/** How often is measured: where other processes have the processor the compiler comes late, and the first time is the interpreter's. */
const ROUNDS = 4

/** Bytes that a frame leaves for the collector, the least of some measurements; compiled code and what is made once are left out by a warm-up. */
async function bytesAFrame(frame: (k: number) => void): Promise<number> {
  let least = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    for (let k = 0; k < WARM_UP_FRAMES / ROUNDS; k++) frame(k)
    least = Math.min(least, await sampledBytesAFrame(frame))
  }
  return least
}

/** By sampling the heap. */
async function sampledBytesAFrame(frame: (k: number) => void): Promise<number> {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.startSampling', { samplingInterval: 512, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true } as never)
  for (let k = 0; k < FRAMES; k++) frame(k)
  const { profile } = await session.post('HeapProfiler.stopSampling')
  session.disconnect()
  let bytes = 0
  const visit = (node: typeof profile.head) => {
    bytes += node.selfSize
    node.children.forEach(visit)
  }
  visit(profile.head)
  return bytes / FRAMES
}

const turned = (rig: CameraRig, k: number) => rig.orbit([0, 0, 0], 0.01, k % 2 === 0 ? 0.002 : -0.002)

describe('a frame of a turning camera leaves next to no garbage', () => {
  it('as the measure sees what a frame would leave that makes a point for every mark', async () => {
    const points: unknown[] = []
    expect(await bytesAFrame(k => {
      points.length = 0
      for (let i = 0; i < 5000; i++) points.push([i, k, 0.5])
    })).toBeGreaterThan(10 * MOST_BYTES_A_FRAME)
  })

  it('for 5,000 marks placed, gathered and given room for words (seed 4)', async () => {
    const random = seededRandom(4)
    const places = new PicturePlaces(Float64Array.from({ length: 15_000 }, () => random.range(-200, 200)))
    const [clusters, room] = [new MarkClusters(5000), new WordRoom(160)]
    const rig = new CameraRig({ target: [0, 0, 0], distance: 300, azimuth: 0.5, elevation: 0.6 })
    let shown = 0
    expect(await bytesAFrame(k => {
      turned(rig, k)
      places.look(rig.pose, rig.lens, 1, 1200, 700)
      clusters.gather(places.x, places.y, 1200, 700, 30)
      room.clear()
      for (let i = 0; i < Math.min(160, clusters.count); i++) if (room.take(places.x[clusters.lead[i]!]!, places.y[clusters.lead[i]!]!, 60, 18)) shown++
    })).toBeLessThan(MOST_BYTES_A_FRAME)
    expect(shown).toBeGreaterThan(FRAMES)
  })

  it('for the tiles of a city of 20,000 segments (seed 3)', async () => {
    const { records } = generateSampleCity({ segments: 20_000, seed: 3 })
    const model = sceneModel(buildAssetColumns(records.assets, [0, 0, 0]), { ...records })
    const material = new ShaderMaterial()
    const pass = { plain: material, ghost: material }
    const field = new TileField(model.tiles, model.frame, model.segments, { solid: pass, fine: pass, coarse: pass, coarseForm: 'line' }, { make: () => undefined }, new SegmentSupply(model.segments, () => undefined))
    const camera = new PerspectiveCamera(42, 1.6, 1, 20_000)
    const rig = new CameraRig({ target: [0, 0, 0], distance: 900, azimuth: 0.5, elevation: 0.6 })
    expect(await bytesAFrame(k => {
      turned(rig, k)
      camera.position.set(...eyeOf(rig.pose))
      camera.lookAt(0, 0, 0)
      camera.updateMatrixWorld()
      field.update(camera, camera.position, 900, false)
    })).toBeLessThan(MOST_BYTES_A_FRAME)
  })
})

describe('a pointer moving over the picture leaves next to no garbage', () => {
  it('for what is looked for in a city of 20,000 segments and a scheme of 400 (seed 6)', async () => {
    const { records } = generateSampleCity({ segments: 20_000, seed: 6 })
    const model = sceneModel(buildAssetColumns(records.assets, [0, 0, 0]), { ...records })
    const rig = new CameraRig({ target: [0, 0, 0], distance: 300, azimuth: 0.5, elevation: 0.6 })
    const picker = new ScenePicker(model, rig, () => ({ hiddenKinds: new Set(), hiddenOwners: new Set(), showNodes: true, clip: null }))
    const random = seededRandom(6)
    const proposals = Array.from({ length: 100 }, (_, i) => aProposal(`P${i}`, { axis: Array.from({ length: 5 }, () => [random.range(-150, 150), random.range(-150, 150), -2] as const) }) as Proposal)
    let hits = 0
    expect(await bytesAFrame(k => {
      const ray = picker.ray({ x: 0.8 * Math.cos(k), y: 0.8 * Math.sin(3 * k) })
      if (picker.first(ray)) hits++
      picker.proposal(ray, proposals)
    })).toBeLessThan(MOST_BYTES_A_FRAME)
    expect(hits).toBeGreaterThan(FRAMES)
  })
})

describe('places of many points in the picture', () => {
  it('are those of one point at a time (seed 8)', () => {
    const random = seededRandom(8)
    const points = Array.from({ length: 400 }, () => [random.range(-300, 300), random.range(-300, 300), random.range(-40, 40)] as const)
    const places = new PicturePlaces(Float64Array.from(points.flat()))
    const lens = { fieldOfView: 0.7, aspect: 1.7 }
    let behind = 0
    for (let round = 0; round < 20; round++) {
      const pose = { target: [random.range(-50, 50), random.range(-50, 50), 0] as const, distance: random.range(5, 400), azimuth: random.range(-3, 3), elevation: random.range(-1.2, 1.2) }
      const heightScale = random.range(1, 5)
      places.look(pose, lens, heightScale, 1000, 600)
      points.forEach(([x, y, z], i) => {
        const expected = projectPoint(pose, lens, [x, y, z * heightScale])
        if (!expected) {
          behind++
          expect(places.x[i]).toBeNaN()
          return
        }
        expect(Math.abs(places.x[i]! - ((expected.x + 1) / 2) * 1000) / (1 + Math.abs(places.x[i]!))).toBeLessThan(1e-9)
        expect(Math.abs(places.y[i]! - ((1 - expected.y) / 2) * 600) / (1 + Math.abs(places.y[i]!))).toBeLessThan(1e-9)
      })
    }
    expect(behind).toBeGreaterThan(100)
  })
})
