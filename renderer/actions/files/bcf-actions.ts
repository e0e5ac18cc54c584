import { findingGuid, findingViewGuid, sentenceGuid } from '#shared/io/bcf/findings-to-bcf.ts'
import type { BcfArchive, BcfComment, BcfTopic } from '#shared/io/bcf/model.ts'
import { resolvePath } from '#shared/io/bcf/paths.ts'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { BcfRefused } from '#shared/io/bcf/refused.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { RecordChange } from '#shared/register/collections.ts'
import type { FindingComment, FindingState, FindingStatus } from '#shared/register/finding-state.ts'
import { statusOfWord } from '#shared/review/status-words.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { recordIn } from '../../state/findings/standings.ts'
import { shownResult } from '../check/finding-actions.ts'
import { pictureOfBytes } from './picture-actions.ts'
import { pictureChange, workOff } from '../check/review-actions.ts'

/** Pictures of one archive that are taken in at most. */
const MOST_PICTURES = 500

/**
 * Takes in what others made of our findings: status, person, due day and comments, with their pictures, of topics that came
 * from this project or a copy of it.
 * Topics of others are counted and said, not taken in.
 */
export async function importBcf(file: File): Promise<void> {
  const result = shownResult()
  const { info } = projectStore.getState()
  if (!result || !info) return
  const archive = await archiveOf(file)
  if (!archive) return
  const { topics } = archive
  // Archives from before projects had an identity of their own go by the file's name.
  const byGuid = new Map([info.name, info.id].flatMap(id => result.findings.map(finding => [findingGuid(id, finding.id), finding] as const)))
  let [taken, foreign, room] = [0, 0, MOST_PICTURES]
  for (const topic of topics) {
    const finding = byGuid.get((topic.guid ?? '').toLowerCase())
    if (!finding) {
      foreign++
      continue
    }
    const pictures = await picturesOf(topic, archive, finding, room)
    room -= pictures.size
    if (await takeIn(finding, topic, pictures)) taken++
  }
  showToast(foreign > 0 ? 'warning' : 'success', foreign > 0 ? 'review:bcf.someForeign' : 'review:bcf.done', { topics: topics.length, taken, foreign })
}

async function archiveOf(file: File): Promise<BcfArchive | null> {
  try {
    return readBcf(new Uint8Array(await file.arrayBuffer())).value
  } catch (cause) {
    if (!(cause instanceof BcfRefused)) throw cause
    showToast('error', `cli-bcf:refused.${cause.code}`, { file: cause.file, detail: cause.detail })
    return null
  }
}

type KeptPicture = RecordChange & { readonly collection: 'pictures' }

/** Pictures of the comments that are new here, by the comment's guid. One that cannot be read is left out, not the comment. */
async function picturesOf(topic: BcfTopic, { files }: BcfArchive, finding: Finding, room: number): Promise<ReadonlyMap<string, KeptPicture>> {
  const { document } = activeScenario(scenarioStore.getState()) ?? { document: null }
  const known = recordIn(finding, { document, records: registerStore.getState().findingStates })
  const pictures = new Map<string, KeptPicture>()
  for (const { guid = '', viewpointGuid } of newComments(topic, known?.comments ?? [])) {
    if (pictures.size >= room) break
    const shown = (topic.viewpoints ?? []).find(({ guid: id }) => id !== undefined && id.toLowerCase() === viewpointGuid?.toLowerCase())
    if (shown?.snapshot === undefined || shown.guid?.toLowerCase() === findingViewGuid((topic.guid ?? '').toLowerCase())) continue
    const path = resolvePath(topic.folder, shown.snapshot)
    const bytes = path === null ? undefined : files.get(path)
    const picture = bytes && (await pictureOfBytes(bytes))
    const kept = picture && typeof picture !== 'string' ? pictureChange(picture) : null
    if (kept) pictures.set(guid, kept)
  }
  return pictures
}

/** @returns whether anything changed. */
async function takeIn(finding: Finding, topic: BcfTopic, pictures: ReadonlyMap<string, KeptPicture>): Promise<boolean> {
  let isChanged = false
  const patchOf = (known: FindingState) => {
    const fresh = newComments(topic, known.comments).map(comment => keptComment(comment, pictures.get(comment.guid ?? '')))
    const comments = [...known.comments, ...fresh].slice(0, 1000)
    const status = statusFrom(topic, known)
    const due = topic.dueDate?.slice(0, 10) ?? known.due
    const patch = { comments, status, assignee: (topic.assignedTo ?? known.assignee).slice(0, 200), due: due !== null && /^\d{4}-\d{2}-\d{2}$/.test(due) ? due : known.due }
    isChanged = comments.length > known.comments.length || status !== known.status || patch.assignee !== known.assignee || patch.due !== known.due
    return patch
  }
  await workOff([finding.id], patchOf, [...pictures.values()])
  return isChanged
}

/** What is accepted here needs an exception with its terms: a word in an archive does not accept anything. */
function statusFrom({ status }: BcfTopic, known: FindingState): FindingStatus {
  const said = statusOfWord(status ?? '')
  if (said === null || (said === 'new' && known.status !== 'new')) return known.status
  return said === 'accepted' ? (known.exception ? 'accepted' : 'reviewed') : said
}

/** Comments of the topic that are not here yet, without the sentence we wrote ourselves. */
function newComments({ guid: topicGuid = '', comments = [] }: BcfTopic, known: readonly FindingComment[]): readonly BcfComment[] {
  const have = new Set(known.map(({ id }) => id.toLowerCase()))
  const sentence = sentenceGuid(topicGuid.toLowerCase())
  return comments.filter(({ guid = '', author = '', text = '' }) =>
    guid !== '' && text.trim() !== '' && guid.toLowerCase() !== sentence && !have.has(guid.toLowerCase()) && !known.some(comment => comment.text === text && comment.author === author))
}

const keptComment = ({ guid = '', date = '', author = '', text = '' }: BcfComment, picture: KeptPicture | undefined): FindingComment =>
  ({ id: guid.slice(0, 100), at: date.slice(0, 50), author: author.slice(0, 200), text: text.slice(0, 10_000), ...(picture && { picture: picture.id }) })
