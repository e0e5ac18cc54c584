import { useEffect, useMemo } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color, DoubleSide, LineBasicMaterial, MeshBasicMaterial } from 'three'
import { TONE_COLOURS, type AnalysisGroup } from '#renderer/state/findings/analysis-store.ts'
import { arrowHeads, drapedLines, HEAD_M, waterFaces, type HeadVertices } from './geometry/area-mesh.ts'
import { RENDER_ORDER } from './layers.ts'
import type { SceneUniforms } from './materials/scene-uniforms.ts'
import { useScene } from './scene-context.ts'

/** What an analysis is about beside lines and places: water stands level, outlines of catchments lie on the ground, heads point where it flows. */
export function AnalysisAreas({ groups }: { readonly groups: readonly AnalysisGroup[] }) {
  const { model, uniforms } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const drawn = useMemo(() => {
    const layoutAt = model.layoutAt
    const water = waterFaces(model.frame, groups.flatMap(({ areas = [], tone }) => areas.flatMap(({ rings, levelM }) => (levelM === null ? [] : [{ rings, levelM, colour: TONE_COLOURS[tone] }]))))
    const outlines = layoutAt === null || layoutAt === undefined ? null : drapedLines(model.frame, groups.flatMap(({ areas = [], tone }) => areas.flatMap(({ rings, levelM }) => (levelM === null ? [{ rings, colour: TONE_COLOURS[tone] }] : []))), layoutAt)
    const heads = arrowHeads(model.frame, groups.flatMap(({ arrows, tone }) => (arrows ? [{ arrows, colour: TONE_COLOURS[tone] }] : [])))
    return { water: geometryOf(water), outlines: outlines && geometryOf(outlines), heads: headGeometryOf(heads) }
  }, [groups, model])
  const materials = useMemo(() => ({
    water: new MeshBasicMaterial({ vertexColors: true, transparent: true, opacity: 0.6, depthWrite: false, side: DoubleSide }),
    line: new LineBasicMaterial({ vertexColors: true, transparent: true, opacity: 0.8, depthWrite: false }),
    // Lines lie below the ground; which way they flow is seen through it.
    through: headMaterial(uniforms),
  }), [uniforms])
  useEffect(() => () => {
    materials.water.dispose()
    materials.line.dispose()
    materials.through.dispose()
  }, [materials])
  useEffect(() => {
    invalidate()
    return () => {
      drawn.water?.dispose()
      drawn.outlines?.dispose()
      drawn.heads?.dispose()
    }
  }, [drawn, invalidate])
  return (
    <>
      {drawn.water && <mesh geometry={drawn.water} material={materials.water} renderOrder={RENDER_ORDER.areas} frustumCulled={false} dispose={null} />}
      {drawn.outlines && <lineSegments geometry={drawn.outlines} material={materials.line} renderOrder={RENDER_ORDER.areas} frustumCulled={false} dispose={null} />}
      {drawn.heads && <lineSegments geometry={drawn.heads} material={materials.through} renderOrder={RENDER_ORDER.highlightThrough} frustumCulled={false} dispose={null} />}
    </>
  )
}

function geometryOf({ xyz, colours }: ReturnType<typeof waterFaces>): BufferGeometry | null {
  if (xyz.length === 0) return null
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(xyz), 3))
  const tints = new Map<string, readonly number[]>()
  const rgb = (colour: string) => tints.get(colour) ?? tints.set(colour, new Color(colour).toArray()).get(colour)!
  geometry.setAttribute('color', new BufferAttribute(Float32Array.from(colours.flatMap(rgb)), 3))
  return geometry
}

function headGeometryOf(heads: HeadVertices): BufferGeometry | null {
  const geometry = geometryOf(heads)
  geometry?.setAttribute('aWay', new BufferAttribute(Float32Array.from(heads.ways), 3))
  return geometry
}

/** Half a head's length from afar, pixels, and how many times larger than it is one may be drawn: over a whole city they would be all there is. */
const [HEAD_PX, MOST_TIMES] = [4.5, 10]

/** Heads that are seen from afar too. */
function headMaterial({ uPixel }: SceneUniforms): LineBasicMaterial {
  const material = new LineBasicMaterial({ vertexColors: true, transparent: true, depthTest: false, depthWrite: false })
  material.onBeforeCompile = shader => {
    shader.uniforms['uPixel'] = uPixel
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nattribute vec3 aWay;\nuniform float uPixel;')
      .replace('#include <begin_vertex>', `
        float headPx = ${HEAD_PX.toFixed(1)} * uPixel * length(cameraPosition - (modelMatrix * vec4(position, 1.0)).xyz);
        vec3 transformed = position + aWay * clamp(headPx / ${HEAD_M.toFixed(1)}, 1.0, ${MOST_TIMES.toFixed(1)});`)
  }
  return material
}
