import { BufferAttribute, BufferGeometry, Camera, DepthTexture, Layers, Matrix4, Mesh, Scene, UnsignedIntType, Vector2, WebGLRenderTarget, type PerspectiveCamera, type ShaderMaterial, type WebGLRenderer } from 'three'
import { layMaterial, lookMaterial, type ShadeUniforms } from './shade-material.ts'
import type { ShadeStep } from './shade-choice.ts'

/** Opaque things that shade each other are on this layer of three's as well as on the usual one. */
export const SHADED_LAYER = 1
export const SHADED = new Layers()
SHADED.enable(SHADED_LAYER)

/**
 * Soft shade where things lie close together, from the depths of what is solid: laid over a picture that is drawn already, so
 * that nothing of how it is drawn depends on it.
 */
export class ContactShade {
  private readonly uniforms: ShadeUniforms = {
    uDepth: { value: null }, uShade: { value: null }, uTexel: { value: new Vector2() }, uUnproject: { value: new Matrix4() }, uPixel: { value: 0 }, uStrength: { value: 1 },
  }
  private readonly geometry = new BufferGeometry()
  private readonly depth = new WebGLRenderTarget(1, 1, { depthTexture: new DepthTexture(1, 1, UnsignedIntType) })
  private readonly shade = new WebGLRenderTarget(1, 1, { depthBuffer: false })
  private readonly looking: ShaderMaterial
  private readonly laying: ShaderMaterial
  private readonly look: Scene
  private readonly lay: Scene
  private readonly still = new Camera()
  private readonly size = new Vector2()
  private readonly step: ShadeStep

  constructor(step: ShadeStep) {
    this.step = step
    this.geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3))
    this.looking = lookMaterial(this.uniforms, step.looks)
    this.laying = layMaterial(this.uniforms)
    this.look = this.filling(this.looking)
    this.lay = this.filling(this.laying)
    this.uniforms.uDepth.value = this.depth.depthTexture
    this.uniforms.uShade.value = this.shade.texture
  }

  /** Lays the shade over the picture just drawn. @param strength 0 none … 1. */
  draw(gl: WebGLRenderer, scene: Scene, camera: PerspectiveCamera, strength: number): void {
    const { uniforms, depth, shade, size } = this
    gl.getDrawingBufferSize(size)
    const [width, height] = [Math.max(1, Math.ceil(size.x / this.step.divide)), Math.max(1, Math.ceil(size.y / this.step.divide))]
    if (depth.width !== width || depth.height !== height) {
      depth.setSize(width, height)
      shade.setSize(width, height)
    }
    uniforms.uTexel.value.set(1 / width, 1 / height)
    uniforms.uUnproject.value.copy(camera.projectionMatrixInverse)
    uniforms.uPixel.value = (2 * Math.tan((camera.fov * Math.PI) / 360)) / height
    uniforms.uStrength.value = strength
    const [layers, clears] = [camera.layers.mask, gl.autoClear]
    camera.layers.set(SHADED_LAYER)
    gl.setRenderTarget(depth)
    gl.autoClear = true
    gl.render(scene, camera)
    camera.layers.mask = layers
    gl.setRenderTarget(shade)
    gl.render(this.look, this.still)
    gl.setRenderTarget(null)
    gl.autoClear = false
    gl.render(this.lay, this.still)
    gl.autoClear = clears
  }

  /** Waits until the graphics card is through with what it was given. */
  settle(gl: WebGLRenderer): void {
    gl.readRenderTargetPixels(this.shade, 0, 0, 1, 1, new Uint8Array(4))
  }

  dispose(): void {
    this.depth.depthTexture?.dispose()
    this.depth.dispose()
    this.shade.dispose()
    this.looking.dispose()
    this.laying.dispose()
    this.geometry.dispose()
  }

  private filling(material: ShaderMaterial): Scene {
    const mesh = new Mesh(this.geometry, material)
    mesh.frustumCulled = false
    return new Scene().add(mesh)
  }
}
