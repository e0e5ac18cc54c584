import { seededRandom } from '#shared/core/random.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { FeatureCollection } from '#tests/oracle/types.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const KINDS: readonly AssetKind[] = ['water', 'sewer_foul', 'sewer_storm', 'gas', 'power', 'telecom']

/** A street along x with lines along it and across it, and one line proposed among them. Ground level 0, project CRS. */
export interface RandomStreet {
  readonly lengthM: number
  readonly existing: readonly AssetRecord[]
  readonly proposed: AssetRecord
}

/** @param crowd How many lines run along the street, and as many may cross it. */
export function randomStreet(seed: number, crowd: number): RandomStreet {
  const random = seededRandom(seed)
  const between = (from: number, to: number): number => from + random.next() * (to - from)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!
  const lengthM = 40
  const existing: AssetRecord[] = []
  const add = (axis: readonly Vec3[]): void => {
    existing.push(lineOf(`E${existing.length}`, pick(KINDS), between(0.1, 0.5), axis))
  }
  for (let i = 0; i < crowd; i++) {
    const [y, z] = [between(-6, 6), between(-4, -0.8)]
    const lean = random.next() < 0.4 ? between(-1, 1) : 0
    add([[-10, y - lean, z], [lengthM / 2, y, z - between(0, 0.2)], [lengthM + 10, y + lean, z - 0.2]])
  }
  for (let i = Math.floor(random.next() * (crowd + 1)); i > 0; i--) {
    const [x, z, lean] = [between(5, lengthM - 5), between(-4, -0.8), between(-6, 6)]
    add([[x - lean, -9, z], [x + lean, 9, z + between(-0.3, 0.3)]])
  }
  const [y, z] = [between(-2, 2), between(-3, -1)]
  const bend = random.next() < 0.4 ? between(-1.5, 1.5) : 0
  const axis: Vec3[] = [[0, y, z], ...(bend === 0 ? [] : [[lengthM / 2, y + bend, z] as Vec3]), [lengthM, y, z + between(-0.2, 0.2)]]
  return { lengthM, existing, proposed: lineOf('P', pick(KINDS), between(0.1, 0.4), axis) }
}

function lineOf(id: string, kind: AssetKind, sizeM: number, axis: readonly Vec3[]): AssetRecord {
  const isBox = kind === 'power' || kind === 'telecom'
  return anAsset({ id, kind, axis, owner: `${kind} ${id}`, section: isBox ? { shape: 'rectangle', widthM: 1.5 * sizeM, heightM: sizeM } : { shape: 'circle', diameterM: sizeM } })
}

/** The same as the clearance oracle takes it. */
export function oracleFeatures(assets: readonly AssetRecord[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: assets.map(({ id, kind, owner, section, axis, laying, pressureClass, voltageKv }) => ({
      type: 'Feature', geometry: { type: 'LineString', coordinates: axis.map(point => [...point]) },
      properties: {
        id, kind, owner, ...(section.shape === 'circle' ? { diameterM: section.diameterM } : { widthM: section.widthM, heightM: section.heightM }),
        ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
      },
    })),
  }
}

/** An asset as the scheme would propose it. */
export function proposalOf({ id, kind, owner, section, axis, laying, pressureClass, voltageKv }: AssetRecord): Proposal {
  return { id, name: '', kind, owner, section, axis, ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }) }
}
