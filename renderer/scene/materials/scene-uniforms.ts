import { Color, DataTexture, NearestFilter, SRGBColorSpace, Vector3, type IUniform } from 'three'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { kindColour } from '#renderer/state/kind-colours.ts'
import type { ViewState } from '#renderer/state/view-store.ts'
import type { SceneColours } from '../scene-colours.ts'

/** Uniforms every material of the scene shares by reference: set once a frame or a theme, seen by all. */
export interface SceneUniforms {
  readonly uSkyLight: IUniform<Color>
  readonly uGroundLight: IUniform<Color>
  readonly uSunLight: IUniform<Color>
  readonly uSunDirection: IUniform<Vector3>
  readonly uFogColour: IUniform<Color>
  readonly uFogDensity: IUniform<number>
  /** Metres that one pixel covers a metre before the eye. */
  readonly uPixel: IUniform<number>
  /** Distance from the eye to what is looked at, metres. */
  readonly uReach: IUniform<number>
  readonly uConcrete: IUniform<Color>
  readonly uAccent: IUniform<Color>
  readonly uPalette: IUniform<DataTexture>
}

const PALETTE_WIDTH = 16

export function sceneUniforms(): SceneUniforms {
  const palette = new DataTexture(new Uint8Array(4 * PALETTE_WIDTH), PALETTE_WIDTH, 1)
  palette.magFilter = palette.minFilter = NearestFilter
  palette.colorSpace = SRGBColorSpace
  return {
    uSkyLight: { value: new Color() }, uGroundLight: { value: new Color() }, uSunLight: { value: new Color() },
    uSunDirection: { value: new Vector3(-0.45, -0.35, 0.82).normalize() },
    uFogColour: { value: new Color() }, uFogDensity: { value: 0 }, uPixel: { value: 0.001 }, uReach: { value: 100 },
    uConcrete: { value: new Color() }, uAccent: { value: new Color() }, uPalette: { value: palette },
  }
}

/** Light strengths: ambient and sun together light a level surface to about its own colour. */
const LIGHT = { sky: 0.72, ground: 0.5, sun: 0.62 } as const

export function applyColours(uniforms: SceneUniforms, colours: SceneColours, palette: ViewState['colours']): void {
  uniforms.uSkyLight.value.set(colours.skyLight).multiplyScalar(LIGHT.sky)
  uniforms.uGroundLight.value.set(colours.groundLight).multiplyScalar(LIGHT.ground)
  uniforms.uSunLight.value.set(colours.sunLight).multiplyScalar(LIGHT.sun)
  uniforms.uFogColour.value.set(colours.horizon)
  uniforms.uConcrete.value.set(colours.concrete)
  uniforms.uAccent.value.set(colours.accent)
  const texture = uniforms.uPalette.value
  const bytes = texture.image.data as Uint8Array
  ASSET_KINDS.forEach((kind, k) => {
    const rgb = Number.parseInt(kindColour(kind, palette).slice(1), 16)
    bytes.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255], 4 * k)
  })
  texture.needsUpdate = true
}
