import { PerspectiveCamera, ShaderMaterial, type Mesh } from 'three'
import { describe, expect, it } from 'vitest'
import { CameraRig } from '#renderer/scene/camera/camera-rig.ts'
import { eyeOf } from '#renderer/scene/camera/pose.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { SEGMENT_ROW } from '#renderer/scene/tiles/segment-words.ts'
import { SegmentSupply } from '#renderer/scene/tiles/segment-supply.ts'
import { TileField } from '#renderer/scene/tiles/tile-field.ts'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'

const { records } = generateSampleCity({ segments: 200_000, seed: 5 })
const model = sceneModel(buildAssetColumns(records.assets, [0, 0, 0]), { ...records })
const { fineStart, coarseStart, rows } = model.segments

/** A field over the city, the rows that were sent, and the segments that the last frame draws. */
function fieldWithRows() {
  const sent = new Uint8Array(rows)
  const supply = new SegmentSupply(model.segments, (firstRow, count) => {
    for (let row = firstRow; row < firstRow + count; row++) sent[row]!++
  })
  const [fine, coarse] = [new ShaderMaterial(), new ShaderMaterial()]
  const field = new TileField(model.tiles, model.frame, model.segments, { solid: { plain: fine, ghost: fine }, fine: { plain: fine, ghost: fine }, coarse: { plain: coarse, ghost: coarse }, coarseForm: 'ribbon' }, { make: () => undefined }, supply)
  const camera = new PerspectiveCamera(42, 1.6, 1, 20_000)
  camera.up.set(0, 0, 1)
  const look = (rig: CameraRig) => {
    camera.position.set(...eyeOf(rig.pose))
    camera.lookAt(...(rig.pose.target as [number, number, number]))
    camera.updateMatrixWorld()
    return field.update(camera, camera.position, 900, false)
  }
  /** Segments drawn, as ranges, of one list or of both. */
  const drawn = (material?: ShaderMaterial) => field.group.children.flatMap(runs => runs.children.filter((mesh, i) => mesh.visible && i % 2 === 0 && (!material || (mesh as Mesh).material === material)).map(mesh => {
    const { start, count } = (mesh as Mesh).geometry.drawRange
    return { from: start / 6, to: (start + count) / 6 }
  }))
  return { sent, supply, look, drawn, fine, coarse }
}

const rigAt = (distance: number, azimuth = 0.5) => new CameraRig({ target: [0, 0, 0], distance, azimuth, elevation: 0.6 })

describe('packed segments on their way to the graphics', () => {
  it('are all there for what the first frame shows, and no more than its bands', () => {
    const { sent, look, drawn, supply } = fieldWithRows()
    look(rigAt(350))
    expect(supply.isWhole).toBe(false)
    const ranges = drawn()
    expect(ranges.length).toBeGreaterThan(0)
    const whole = fieldWithRows()
    while (!whole.supply.isWhole) whole.supply.bringNext()
    whole.look(rigAt(350))
    expect(ranges).toEqual(whole.drawn())
    expect(sent.filter(count => count > 1)).toEqual(new Uint8Array())
    expect(sent.filter(count => count > 0).length).toBeLessThan(0.9 * rows)
  })

  it('go half a megabyte at a time where the eye turns to others, thinned axes or nothing until then, and are whole soon (seed 9)', () => {
    const { sent, look, drawn, coarse } = fieldWithRows()
    const random = seededRandom(9)
    look(rigAt(200))
    let waited = 0
    for (let turn = 0; turn < 12; turn++) {
      const rig = new CameraRig({ target: [random.range(-1600, 1600), random.range(-1600, 1600), 0], distance: random.range(100, 1500), azimuth: random.range(-3, 3), elevation: random.range(0.2, 1.4) })
      for (let frame = 0, more = true; more; frame++) {
        const before = sent.reduce((sum, count) => sum + count, 0)
        more = look(rig)
        const now = sent.reduce((sum, count) => sum + count, 0)
        // A tile more than the half megabyte at most: those of one tile go together.
        expect(now - before).toBeLessThanOrEqual(16 + 8 * 4)
        if (more) waited++
        expect(frame).toBeLessThan(60)
      }
      const whole = fieldWithRows()
      while (!whole.supply.isWhole) whole.supply.bringNext()
      whole.look(rig)
      expect(drawn()).toEqual(whole.drawn())
      expect(drawn(coarse)).toEqual(whole.drawn(whole.coarse))
    }
    expect(waited).toBeGreaterThan(0)
  })

  it('of every tile that is drawn have been sent, in every frame of a flight, but for gaps that are drawn along (seed 11)', () => {
    const { sent, look, drawn } = fieldWithRows()
    const random = seededRandom(11)
    const isSent = (segment: number) => sent[Math.floor(segment / SEGMENT_ROW)]! > 0
    let [checked, stoodIn] = [0, 0]
    for (let frame = 0; frame < 60; frame++) {
      const more = look(new CameraRig({ target: [random.range(-1600, 1600), random.range(-1600, 1600), 0], distance: random.range(100, 1500), azimuth: random.range(-3, 3), elevation: random.range(0.2, 1.4) }))
      if (more) stoodIn++
      for (const { from, to } of drawn()) {
        // Both ends of a run are tiles that were chosen.
        expect(isSent(from)).toBe(true)
        expect(isSent(to - 1)).toBe(true)
        checked++
      }
    }
    expect([checked > 100, stoodIn > 1]).toEqual([true, true])
  })

  it('come one band at a time besides, thinned axes first, each once, and once more after the graphics were lost', () => {
    const order: number[] = []
    const supply = new SegmentSupply({ fineStart, coarseStart, rows }, (firstRow, count) => order.push(...Array.from({ length: count }, (_, i) => firstRow + i)))
    for (let round = 0; round < 2; round++) {
      expect(supply.isUntouched).toBe(true)
      while (!supply.isWhole) supply.bringNext()
      expect(order[0]! * SEGMENT_ROW).toBeLessThanOrEqual(coarseStart[0]!)
      expect((order[0]! + 8) * SEGMENT_ROW).toBeGreaterThan(coarseStart[0]!)
      expect(order.splice(0).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row))
      supply.bringNext()
      expect(order).toEqual([])
      supply.forget()
    }
  })
})
