import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { importBcf } from '#renderer/actions/files/bcf-actions.ts'
import { checkScheme } from '#renderer/actions/check/check-actions.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { jobsStore } from '#renderer/state/app/jobs-store.ts'
import { findingsToBcf, type FindingTexts } from '#shared/io/bcf/findings-to-bcf.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'
import { IDS } from '#tests/builders/twin-builder.ts'
import { openOn, settled } from './open-project.ts'

const FOUND = [aFinding({ id: 'f1', a: [IDS.G1], b: [IDS.W1] }), aFinding({ id: 'f2', a: [IDS.W1], b: [IDS.G1] })]
/** Head of a JPEG of 640 × 480: enough to be asked for; nothing here can decode it. */
const PICTURE = { bytes: Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80, ...Array<number>(20).fill(0)]), ending: 'jpg' }

const archive = (project: string, texts: Partial<FindingTexts>, findings: readonly Finding[] = [FOUND[0]!], version: '2.1' | '3.0' = '3.0') =>
  new File([writeBcf(findingsToBcf({
    findings, project: { id: project, name: 'copy' }, author: 'Underplan', date: '2026-11-27T08:00:00Z', frame: '', assetOf: () => null,
    textsOf: () => ({ title: 't', sentence: 's', type: 'Clash', status: 'Open', labels: [], ...texts }),
  }), version).bytes as BlobPart], 'copy.bcf')

const states = () => Object.values(registerStore.getState().findingStates).map(({ body }) => body)
const said = (author: string, text: string, picture?: typeof PICTURE) => ({ id: `${author}-${text}`, date: '2026-11-27T09:00:00Z', author, text, ...(picture && { picture }) })

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

async function checked() {
  const host = await openOn({ findings: () => FOUND })
  registerStore.setState(registerStore.getInitialState(), true)
  await checkScheme()
  await settled()
  return host
}

describe.each(['2.1', '3.0'] as const)('two copies of one project joined by BCF %s', version => {
  it('what both said stands side by side, each once, whichever comes first and however often', async () => {
    await checked()
    const li = archive('test.gpkg', { comments: [said('李工', '先探挖')], assignedTo: '李工', dueDate: '2026-12-01' }, [FOUND[0]!], version)
    const wang = archive('test.gpkg', { comments: [said('王工', '加套管'), said('王工', '同意')] }, [FOUND[0]!], version)
    for (const file of [li, wang, li, wang]) await importBcf(file)
    expect(states()).toHaveLength(1)
    expect(states()[0]!.comments.map(({ author, text }) => `${author}：${text}`)).toEqual(['李工：先探挖', '王工：加套管', '王工：同意'])
    expect(states()[0]).toMatchObject({ assignee: '李工', due: '2026-12-01', findingId: 'f1' })
  })
})

describe('an archive', () => {
  it('of another project changes nothing, and that is said', async () => {
    await checked()
    await importBcf(archive('another', { comments: [said('x', 'y')] }))
    expect(states()).toEqual([])
    expect(jobsStore.getState().toasts.at(-1)).toMatchObject({ tone: 'warning' })
  })

  it('with a picture that cannot be read keeps the comment', async () => {
    await checked()
    await importBcf(archive('test.gpkg', { comments: [said('李工', '见图', PICTURE)] }))
    expect(states()[0]!.comments).toMatchObject([{ text: '见图' }])
    expect(states()[0]!.comments[0]).not.toHaveProperty('picture')
  })

  it('that is none is refused in words', async () => {
    await checked()
    await importBcf(new File(['no zip at all'], 'x.bcf'))
    expect(states()).toEqual([])
    expect(jobsStore.getState().toasts.at(-1)).toMatchObject({ tone: 'error' })
  })
})
