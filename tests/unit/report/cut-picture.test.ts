import { describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { profilePicture, sectionPicture } from '#shared/report/cut-picture.ts'
import { textBox } from '#shared/report/label-places.ts'
import { reportNetwork } from '#shared/report/report-network.ts'
import { A_PACK } from '#tests/builders/fake-host.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const [A, B] = ['unf_03fa6ca4-9dc0-4288-829c-13b6b4d60d71', 'unf_1e892fa3-866d-4ea6-8221-5a5429161225']
const COLOURS = { paper: '#fff', ink: '#000', soft: '#888', line: '#ccc', ground: '#640', earth: '#eee' }

/** Texts of a picture of two mains that cross nearer than they may. */
function textsOf(picture: typeof sectionPicture, width: number) {
  const columns = TwinBuilder.with().aPipe(A, [[0, 0, -1], [40, 0, -1]]).aPipe(B, [[20, -20, -1.25], [20, 20, -1.25]], { kind: 'gas' }).buildColumns()
  const [finding] = checkNetwork(prepareClearance({ assets: columns, pack: A_PACK, ground: null, surfaceFeatures: [] })).findings
  const { shapes } = picture(reportNetwork(columns, () => false, [], null, []), finding!, { width, height: 150, label: '', colours: COLOURS, kindColour: () => '#08f', sides: { a: A, b: B } } as Parameters<typeof sectionPicture>[2])
  return shapes.flatMap(shape => (shape.type === 'text' ? [shape] : []))
}

describe.each([['section', sectionPicture], ['profile', profilePicture]] as const)('a %s of a finding between lines with ids of forty signs', (_, picture) => {
  it('names both by both ends of their ids, and the names stand clear of levels, figure and each other', () => {
    const texts = textsOf(picture, 320)
    const names = texts.filter(({ text }) => /^[AB] {2}/.test(text))
    expect(names.map(({ text }) => text).sort()).toEqual(['A  unf_03fa6ca4-…b4d60d71', 'B  unf_1e892fa3-…29161225'])
    const boxes = texts.map(({ text, size, x, y, anchor }) => textBox(text, size, { x, y, anchor: anchor ?? 'start' }))
    const overlaps = boxes.flatMap((p, i) => boxes.slice(i + 1).map((q, k) => [texts[i]!.text, texts[i + 1 + k]!.text, Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x), Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y)] as const))
    expect(overlaps.filter(([, , w, h]) => w > 0 && h > 0)).toEqual([])
  })
})
