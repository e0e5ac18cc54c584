import { Color, Vector2, Vector3, Vector4, type IUniform } from 'three'
import type { SceneColours } from '../scene-colours.ts'
import { MOST_CLIP_PLANES } from './clip.ts'

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
  /** Ghosts: share of haze, and strength. */
  readonly uGhost: IUniform<Vector2>
  readonly uAccent: IUniform<Color>
  /** Planes of the section in use (clip.ts). */
  readonly uClip: IUniform<Vector4[]>
  readonly uClipCount: IUniform<number>
}

export function sceneUniforms(): SceneUniforms {
  return {
    uSkyLight: { value: new Color() }, uGroundLight: { value: new Color() }, uSunLight: { value: new Color() },
    uSunDirection: { value: new Vector3(-0.45, -0.35, 0.82).normalize() },
    uFogColour: { value: new Color() }, uFogDensity: { value: 0 }, uPixel: { value: 0.001 }, uReach: { value: 100 },
    uConcrete: { value: new Color() }, uAccent: { value: new Color() }, uGhost: { value: new Vector2(0.45, 0.2) },
    uClip: { value: Array.from({ length: MOST_CLIP_PLANES }, () => new Vector4()) }, uClipCount: { value: 0 },
  }
}

/** Light strengths: ambient and sun together light a level surface to about its own colour. */
const LIGHT = { sky: 0.72, ground: 0.5, sun: 0.62 } as const

export function applyColours(uniforms: SceneUniforms, colours: SceneColours): void {
  uniforms.uSkyLight.value.set(colours.skyLight).multiplyScalar(LIGHT.sky)
  uniforms.uGroundLight.value.set(colours.groundLight).multiplyScalar(LIGHT.ground)
  uniforms.uSunLight.value.set(colours.sunLight).multiplyScalar(LIGHT.sun)
  uniforms.uFogColour.value.set(colours.horizon)
  uniforms.uConcrete.value.set(colours.concrete)
  uniforms.uAccent.value.set(colours.accent)
}
