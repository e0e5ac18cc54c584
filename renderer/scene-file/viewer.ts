import { AmbientLight, BufferGeometry, Color, DirectionalLight, DoubleSide, ExtrudeGeometry, Float32BufferAttribute, Group, Line, LineBasicMaterial, Mesh, MeshLambertMaterial, PerspectiveCamera, Scene, Shape, SphereGeometry, MeshBasicMaterial, Vector3, WebGLRenderer } from 'three'
import { OrbitControls } from 'three/addons/controls/OrbitControls.js'
import type { SceneData } from '#shared/report/scene-data.ts'
import { lineMesh } from './line-mesh.ts'
import { buildPanel } from './panel.ts'

/** The one-file scene: reads the data beside it in the page, draws it, steps through findings and views. Nothing is fetched. */

const data = JSON.parse(document.getElementById('scene-data')!.textContent ?? '{}') as SceneData
const metres = (cm: number): number => cm / 100
const vector = ([x = 0, y = 0, z = 0]: readonly number[]): Vector3 => new Vector3(metres(x), metres(y), metres(z))

function start(): void {
  const canvas = document.querySelector('canvas')!
  let renderer: WebGLRenderer
  try {
    renderer = new WebGLRenderer({ canvas, antialias: true })
  } catch {
    document.body.append(Object.assign(document.createElement('p'), { className: 'failed', textContent: data.texts['noWebgl'] ?? '' }))
    return
  }
  const scene = new Scene()
  scene.background = new Color('#eef1f4')
  scene.add(new AmbientLight('#ffffff', 1.6))
  const sun = new DirectionalLight('#ffffff', 2)
  sun.position.set(-0.5, -0.8, 1.4)
  scene.add(sun)
  const camera = new PerspectiveCamera(50, 1, 0.2, 20_000)
  camera.up.set(0, 0, 1)
  const controls = new OrbitControls(camera, canvas)
  const layers = new Map<string, Group>()
  const layer = (name: string): Group => {
    const known = layers.get(name)
    if (known) return known
    const group = new Group()
    layers.set(name, group)
    scene.add(group)
    return group
  }
  for (const [name, mesh] of [['ground', groundMesh()], ['buildings', buildingsMesh()]] as const) if (mesh) layer(name).add(mesh)
  data.kinds.forEach(({ id, colour }, kind) => {
    const mesh = lineMesh(data.lines.filter(line => line.kind === kind), colour)
    if (mesh) layer(id).add(mesh)
  })
  const marker = markerGroup()
  const sides = new Group()
  scene.add(sides)
  // The open finding's own lines stay solid, everything else fades.
  const frame = (ids: readonly string[]) => {
    sides.clear()
    for (const group of layers.values()) group.traverse(child => child instanceof Mesh && fade(child.material as MeshLambertMaterial, ids.length > 0))
    for (const id of ids) {
      const own = data.lines.filter(line => line.id === id)
      const mesh = own[0] && lineMesh(own, data.kinds[own[0].kind]!.colour)
      if (mesh) sides.add(mesh)
    }
  }
  scene.add(marker)

  const render = () => renderer.render(scene, camera)
  const resize = () => {
    renderer.setPixelRatio(Math.min(2, devicePixelRatio))
    renderer.setSize(innerWidth, innerHeight, false)
    camera.aspect = innerWidth / innerHeight
    camera.updateProjectionMatrix()
    render()
  }
  const look = (position: Vector3, target: Vector3) => {
    camera.position.copy(position)
    controls.target.copy(target)
    controls.update()
    render()
  }
  const whole = () => {
    marker.visible = false
    frame([])
    const reach = Math.max(40, ...data.lines.flatMap(({ xyz }) => [Math.abs(metres(xyz[0]!)), Math.abs(metres(xyz[1]!))]))
    look(new Vector3(0, -reach * 1.1, reach * 0.8), new Vector3(0, 0, 0))
  }
  controls.addEventListener('change', render)
  addEventListener('resize', resize)
  buildPanel(data, {
    whole,
    showFinding: finding => {
      const at = vector(finding.at)
      marker.position.copy(at)
      marker.visible = true
      frame(finding.ids)
      gapLine(marker, vector(finding.a).sub(at), vector(finding.b).sub(at))
      const [dx = 1, dy = 0] = finding.along
      const length = Math.hypot(dx, dy) || 1
      // From aside of the line and above: neither along the pipe, where one hides the other, nor straight down.
      const side = new Vector3(dy / length, -dx / length, 0).multiplyScalar((dx < 0 ? -1 : 1) * 7)
      look(at.clone().add(side).add(new Vector3(0, 0, 4.5)), at)
    },
    showView: view => {
      marker.visible = false
      frame([])
      look(vector(view.position), vector(view.target))
    },
    toggle: (name, isShown) => {
      layer(name).visible = isShown
      render()
    },
  })
  resize()
  whole()
}

const SOLID = new WeakMap<MeshLambertMaterial, { readonly opacity: number; readonly transparent: boolean }>()

function fade(material: MeshLambertMaterial, isFaded: boolean): void {
  const solid = SOLID.get(material) ?? { opacity: material.opacity, transparent: material.transparent }
  SOLID.set(material, solid)
  material.opacity = isFaded ? Math.min(0.18, solid.opacity) : solid.opacity
  material.transparent = isFaded || solid.transparent
  material.depthWrite = !material.transparent
}

function groundMesh(): Mesh | null {
  const { ground } = data
  if (!ground) return null
  const { cols, rows, x0, y0, stepM, z } = ground
  const at: number[] = []
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) at.push(metres(x0) + c * stepM, metres(y0) + r * stepM, metres(z[r * cols + c] ?? 0))
  const faces: number[] = []
  const isKnown = (...cells: number[]) => cells.every(cell => z[cell] !== null)
  for (let r = 0; r + 1 < rows; r++) for (let c = 0; c + 1 < cols; c++) {
    const [p, q, s, t] = [r * cols + c, r * cols + c + 1, (r + 1) * cols + c, (r + 1) * cols + c + 1]
    if (isKnown(p, q, s, t)) faces.push(p, q, t, p, t, s)
  }
  const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(at, 3)).setIndex(faces)
  geometry.computeVertexNormals()
  return new Mesh(geometry, new MeshLambertMaterial({ color: '#b9b3a4', transparent: true, opacity: 0.35, side: DoubleSide, depthWrite: false }))
}

function buildingsMesh(): Group | null {
  if (data.buildings.length === 0) return null
  const group = new Group()
  const material = new MeshLambertMaterial({ color: '#d9dde2', transparent: true, opacity: 0.5 })
  for (const { ring, z, h } of data.buildings) {
    const shape = new Shape()
    for (let i = 0; i < ring.length; i += 2) shape[i === 0 ? 'moveTo' : 'lineTo'](metres(ring[i]!), metres(ring[i + 1]!))
    const mesh = new Mesh(new ExtrudeGeometry(shape, { depth: metres(h), bevelEnabled: false }), material)
    mesh.position.z = metres(z)
    group.add(mesh)
  }
  return group
}

function markerGroup(): Group {
  const group = new Group()
  group.visible = false
  group.add(new Mesh(new SphereGeometry(0.12, 16, 12), new MeshBasicMaterial({ color: '#d01f2e', depthTest: false, transparent: true, opacity: 0.9 })))
  group.add(new Line(new BufferGeometry(), new LineBasicMaterial({ color: '#d01f2e', depthTest: false })))
  return group
}

function gapLine(marker: Group, a: Vector3, b: Vector3): void {
  const line = marker.children[1] as Line
  line.geometry.dispose()
  line.geometry = new BufferGeometry().setFromPoints([a, b])
}

start()
