import { describe, expect, it } from 'vitest'
import { runSwmm } from '#main/services/analysis/run-swmm.ts'
import { findSwmm } from '#main/services/analysis/swmm-program.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { PARAMETER_DEFAULTS } from '#shared/hazards/analysis/parameters.ts'
import { analysisSubject, NO_CHANGES } from '#shared/hazards/analysis/subject.ts'
import { compareWithSwmm, swmmRun } from '#shared/hazards/analysis/swmm-method.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

/** A SWMM 5 program of this machine (`UNDERPLAN_SWMM`, or runswmm or swmm5 on the search path); skipped where there is none. */
const program = findSwmm()

/** Five manholes 60 m apart at 1 % and an outfall, each with some 6000 m² of ground; the pipe below the third as wide as given. */
function street(belowThirdM: number) {
  const builder = TwinBuilder.with()
  const level = (k: number) => 10 - 0.6 * k
  for (let k = 0; k < 5; k++) {
    const outerM = k >= 3 ? belowThirdM : 0.96
    builder.aPipe(`D${k}`, [[60 * k, 0, level(k)], [60 * k + 60, 0, level(k + 1)]], { kind: 'sewer_storm', section: { shape: 'circle', diameterM: outerM } })
    builder.aManhole(`M${k}`, [60 * k, 0, level(k) + 2.5], { kind: 'sewer_storm' })
  }
  builder.aManhole('OUT', [300, 0, level(5)], { kind: 'sewer_storm', nodeType: 'outfall' })
  const { nodes, surfaceFeatures, blocks, ground } = builder.build()
  return analysisSubject({ columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }, NO_CHANGES)
}

async function compared(belowThirdM: number, inletMinutes: number) {
  const subject = street(belowThirdM)
  const run = swmmRun(subject, { method: 'swmm', ...PARAMETER_DEFAULTS.swmm, inletMinutes }, unattendedJob)
  return compareWithSwmm(subject, run, await runSwmm(program!, run.model.text, new AbortController().signal))
}

describe.skipIf(program === null)('our model in a SWMM program of this machine, dynamic wave', () => {
  it('is taken without an error or a warning, and no water is made or lost in routing', async () => {
    const { report } = await compared(0.96, 10)
    expect([report.errors, report.warnings]).toEqual([[], []])
    expect(Math.abs(report.routingErrorPercent!)).toBeLessThan(1)
  })

  it('carries what the screening does where its inlets answer as fast: five-minute rain on 80 m of ground', async () => {
    const { links } = await compared(0.96, 5)
    for (const { oursM3s, theirsM3s } of links) {
      expect(oursM3s / theirsM3s!).toBeGreaterThan(0.9)
      expect(oursM3s / theirsM3s!).toBeLessThan(1.35)
    }
  })

  it('floods where the screening does: above a pipe too narrow for what comes', async () => {
    const { nodes } = await compared(0.36, 5)
    const ours = nodes.filter(({ ours: { flooded } }) => flooded).map(({ node }) => node)
    const theirs = nodes.filter(({ theirs: one }) => one !== null && one.floodedM3s > 0).map(({ node }) => node)
    expect(ours).toContain('M3')
    expect(theirs).toContain('M3')
    // The screening is on the safe side: nothing floods in SWMM that it calls dry.
    for (const node of theirs) expect(ours).toContain(node)
  })

  it('floods nowhere where the screening calls nothing flooded', async () => {
    const { nodes } = await compared(0.96, 5)
    expect(nodes.some(({ ours: { flooded }, theirs }) => flooded || (theirs?.floodedM3s ?? 0) > 0)).toBe(false)
  })
})
