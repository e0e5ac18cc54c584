import { DataTexture, FloatType, NearestFilter, RedFormat, RGBAFormat, SRGBColorSpace, UnsignedByteType, Vector2, type Texture, type WebGLRenderer } from 'three'
import type { ColourClass } from '#renderer/state/colouring/colour-classes.ts'
import { itemAppearance, type ItemAppearance } from './appearance/item-appearance.ts'
import { APPEARANCE_ROW } from './appearance/item-flags.ts'
import { graphicsSupport } from './graphics-support.ts'
import { itemMaterial } from './materials/item-material.ts'
import type { SceneUniforms } from './materials/scene-uniforms.ts'
import { segmentMaterial, type SegmentForm } from './materials/segment-material.ts'
import type { SceneModel } from './scene-model.ts'
import type { SegmentSupply } from './tiles/segment-supply.ts'
import { segmentTexture } from './tiles/segment-texture.ts'
import { TileField, type TileMaterials } from './tiles/tile-field.ts'
import { TileMaker } from './tiles/tile-maker.ts'

const CLASSES = 256

/** What the network is drawn with, made once for a twin. */
export interface NetworkParts {
  readonly field: TileField
  /** What of the packed segments the graphics have. */
  readonly supply: SegmentSupply
  readonly items: ItemAppearance
  /** Texture of `items`. */
  readonly state: DataTexture
  readonly palette: DataTexture
  /** Items selected and pointed at; −1 for none. */
  readonly picked: Vector2
  dispose(): void
}

export function networkParts(model: SceneModel, uniforms: SceneUniforms, gl: WebGLRenderer): NetworkParts {
  const { columns, bodies, tiles, frame, segments } = model
  const items = itemAppearance(columns, bodies)
  const { texture: words, supply } = segmentTexture(segments, gl)
  const textures = {
    state: plain(new DataTexture(items.texels, APPEARANCE_ROW, items.rows, RGBAFormat, UnsignedByteType)),
    radius: plain(new DataTexture(items.radiusM, APPEARANCE_ROW, items.rows, RedFormat, FloatType)),
    palette: plain(new DataTexture(new Uint8Array(4 * CLASSES), CLASSES, 1)),
    words,
    boxes: plain(new DataTexture(segments.boxes, segments.boxes.length / 4, 1, RGBAFormat, FloatType)),
  }
  textures.palette.colorSpace = SRGBColorSpace
  const picked = new Vector2(-1, -1)
  const look = { uState: { value: textures.state }, uRadius: { value: textures.radius }, uPalette: { value: textures.palette }, uPicked: { value: picked } }
  const pulled = { ...look, uSegments: { value: textures.words }, uBoxes: { value: textures.boxes }, uItemBits: { value: segments.itemBits } }
  const form = coarseForm()
  const materials: TileMaterials = {
    coarseForm: form,
    solid: { plain: itemMaterial('plain', uniforms, look), ghost: itemMaterial('ghost', uniforms, look) },
    fine: { plain: segmentMaterial('ribbon', 'plain', uniforms, pulled), ghost: segmentMaterial('ribbon', 'ghost', uniforms, pulled) },
    coarse: { plain: segmentMaterial(form, 'plain', uniforms, pulled), ghost: segmentMaterial(form, 'ghost', uniforms, pulled) },
  }
  const maker = new TileMaker(model)
  const field = new TileField(tiles, frame, segments, materials, maker, supply)
  return {
    field, supply, items, picked, state: textures.state, palette: textures.palette,
    dispose() {
      maker.dispose()
      field.dispose()
      for (const { plain: one, ghost } of [materials.solid, materials.fine, materials.coarse]) {
        one.dispose()
        ghost.dispose()
      }
      for (const texture of Object.values(textures)) texture.dispose()
    },
  }
}

/** Drawn by the processor, a line costs half of what a ribbon does, and a pixel is all either shows from afar. */
export const coarseForm = (): SegmentForm => (graphicsSupport().isSoftware ? 'line' : 'ribbon')

/** Colours of the classes, in their order. */
export function writePalette(palette: DataTexture, classes: readonly ColourClass[]): void {
  const bytes = palette.image.data as Uint8Array
  classes.slice(0, CLASSES).forEach(({ colour }, c) => {
    const rgb = Number.parseInt(colour.slice(1), 16)
    bytes.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255], 4 * c)
  })
  palette.needsUpdate = true
}

function plain<T extends Texture>(texture: T): T {
  texture.minFilter = texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}
