import { AmbientLight, Color, DirectionalLight, Group, Mesh, PerspectiveCamera, Raycaster, Scene, Vector2, WebGLRenderer, type Material, type Object3D, type Plane, type Vector3 } from 'three'
import { OrbitControls } from 'three/addons/controls/OrbitControls.js'
import type { SceneData } from '#shared/report/scene-data.ts'
import { bodyMaterial, insideMaterial, pixelM, rimMaterial } from './line-material.ts'
import { lineMesh, lineOfFace, type LineMesh, type SceneLine } from './line-mesh.ts'
import { buildingsMesh, groundMesh } from './surroundings.ts'

const FIELD_DEG = 45
const LIST_PX = 294
/** Of what is not looked at while a finding is open. */
const GHOST = 0.1

/** A place looked at from another, metres about the scene's centre. */
export interface Look {
  readonly from: Vector3
  readonly at: Vector3
}

/**
 * The picture: what is drawn, the camera, what is cut away. Drawn only when something changed.
 * @throws where the browser cannot draw in 3D.
 */
export class Stage {
  readonly camera = new PerspectiveCamera(FIELD_DEG, 1, 0.2, 20_000)
  /** Called after each drawn frame: texts over the picture follow. */
  onFrame: () => void = () => undefined
  readonly #canvas: HTMLCanvasElement
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #controls: OrbitControls
  readonly #layers = new Map<string, Group>()
  readonly #bodies = new Map<Mesh, LineMesh>()
  readonly #own = new Group()
  readonly #wall = new Group()
  readonly #data: SceneData
  #isAsked = false

  constructor(canvas: HTMLCanvasElement, data: SceneData) {
    this.#canvas = canvas
    this.#data = data
    this.#renderer = new WebGLRenderer({ canvas, antialias: true })
    this.#scene.background = new Color('#eef1f4')
    const sun = new DirectionalLight('#ffffff', 2)
    sun.position.set(-0.5, -0.8, 1.4)
    this.#scene.add(new AmbientLight('#ffffff', 1.6), sun, this.#own, this.#wall)
    this.camera.up.set(0, 0, 1)
    this.#controls = new OrbitControls(this.camera, canvas)
    this.#controls.addEventListener('change', () => this.ask())
    const ground = groundMesh(data)
    if (ground) this.#layer('ground').add(ground)
    const buildings = buildingsMesh(data)
    if (buildings.length > 0) this.#layer('buildings').add(...buildings)
    data.kinds.forEach(({ id }, kind) => this.#addLines(this.#layer(id), data.lines.filter(line => line.kind === kind)))
    addEventListener('resize', () => this.#resize())
    this.#resize()
  }

  #layer(name: string): Group {
    const known = this.#layers.get(name)
    if (known) return known
    const group = new Group()
    this.#layers.set(name, group)
    this.#scene.add(group)
    return group
  }

  #addLines(group: Group, lines: readonly SceneLine[]): void {
    const [first] = lines
    const mesh = first && lineMesh(lines)
    if (!mesh) return
    const { colour } = this.#data.kinds[first.kind]!
    const body = new Mesh(mesh.geometry, bodyMaterial(colour))
    this.#bodies.set(body, mesh)
    group.add(body, new Mesh(mesh.geometry, insideMaterial(colour)))
    const rim = lineMesh(lines.filter(line => line.isProposal), 0.02)
    if (rim) group.add(new Mesh(rim.geometry, rimMaterial()))
  }

  /** Draws in the next frame. */
  ask(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    requestAnimationFrame(() => {
      this.#isAsked = false
      this.#renderer.render(this.#scene, this.camera)
      this.onFrame()
    })
  }

  look({ from, at }: Look): void {
    this.camera.position.copy(from)
    this.#controls.target.copy(at)
    this.#controls.update()
    this.ask()
  }

  show(layer: string, isShown: boolean): void {
    this.#layer(layer).visible = isShown
    this.ask()
  }

  /** Cuts away what lies before a plane; null for nothing. @param wall The soil in the plane. */
  cut(plane: Plane | null, wall: Object3D | null = null): void {
    this.#renderer.clippingPlanes = plane ? [plane] : []
    this.#wall.clear()
    if (wall) this.#wall.add(wall)
    this.ask()
  }

  /** Whether a point is cut away. */
  isCut(point: Vector3): boolean {
    return this.#renderer.clippingPlanes.some(plane => plane.distanceToPoint(point) < 0)
  }

  /** These lines stay as they are while everything else recedes; none for everything as it is. */
  single(ids: readonly string[]): void {
    this.#own.clear()
    for (const group of this.#layers.values()) group.traverse(child => recede(child, ids.length > 0))
    for (const id of ids) this.#addLines(this.#own, this.#data.lines.filter(line => line.id === id))
    this.ask()
  }

  /** Marks drawn with the rest. */
  add(object: Object3D): void {
    this.#scene.add(object)
    this.ask()
  }

  /** Where a point is in the picture, pixels from its left top; null behind the eye. */
  place(point: Vector3): { readonly x: number; readonly y: number } | null {
    const { x, y, z } = point.clone().project(this.camera)
    return z > 1 ? null : { x: ((x + 1) / 2) * this.#canvas.clientWidth, y: ((1 - y) / 2) * this.#canvas.clientHeight }
  }

  /** The line under a pixel. */
  lineAt(x: number, y: number): SceneLine | null {
    const ray = new Raycaster()
    ray.setFromCamera(new Vector2((2 * x) / this.#canvas.clientWidth - 1, 1 - (2 * y) / this.#canvas.clientHeight), this.camera)
    const [hit] = ray.intersectObjects([...this.#bodies.keys()].filter(isShown), false).filter(({ point }) => !this.isCut(point))
    const mesh = hit && this.#bodies.get(hit.object as Mesh)
    return mesh ? lineOfFace(mesh, hit.faceIndex!) : null
  }

  #resize(): void {
    const [width, height] = [innerWidth, innerHeight]
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio))
    this.#renderer.setSize(width, height, false)
    this.camera.aspect = width / height
    // The list covers the left: what is looked at stands in the middle of the rest.
    const covered = width > 2 * LIST_PX ? LIST_PX : 0
    this.camera.setViewOffset(width, height, -covered / 2, 0, width, height)
    pixelM.value = (2 * Math.tan((FIELD_DEG * Math.PI) / 360)) / height
    this.ask()
  }
}

const isShown = (object: Object3D): boolean => object.visible && (object.parent === null || isShown(object.parent))

const FULL = new WeakMap<Material, { readonly opacity: number; readonly transparent: boolean; readonly depthWrite: boolean }>()

function recede(object: Object3D, isGhost: boolean): void {
  const { material } = object as Partial<Mesh>
  if (!material || Array.isArray(material)) return
  const full = FULL.get(material) ?? { opacity: material.opacity, transparent: material.transparent, depthWrite: material.depthWrite }
  FULL.set(material, full)
  material.opacity = isGhost ? Math.min(GHOST, full.opacity) : full.opacity
  material.transparent = isGhost || full.transparent
  material.depthWrite = !isGhost && full.depthWrite
  material.needsUpdate = true
}
