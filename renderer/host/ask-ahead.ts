import type { Client } from '#shared/contract/client.ts'
import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts'
import { READ_AT_ONCE } from '#shared/register/collections.ts'

/** Calls after which another project may be open than the answers speak of. */
const CHANGES_PROJECT: ReadonlySet<CallName> = new Set(['project.open', 'project.openSample', 'project.create', 'project.saveAs', 'project.close'])

/**
 * Asks what every start asks, and all of the project that is open already, as soon as the connection stands: answers are under
 * way while the interface's own code is still being read. Each answer is given once; whatever changes the project, or what is
 * told of a change, ends them. A refused question is asked again by whoever wants to know, and says so itself.
 */
export function askAhead(client: Client): Client {
  const answers = new Map<string, Promise<unknown>>()
  let project: { readonly id: string; readonly twinHash: string } | null = null
  const ask = <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N> | null> => {
    const answer = client.call(name, input)
    const key = keyOf(name, input)
    answers.set(key, answer)
    return answer.catch(() => {
      answers.delete(key)
      return null
    })
  }
  for (const name of ['app.info', 'rules.list', 'preferences.get', 'project.recent'] as const) void ask(name, {})
  void ask('project.current', {}).then(current => {
    const opened = current?.opened?.project
    if (!opened || answers.size === 0) return
    project = opened
    // The small ones first: answers come in the order of the questions.
    void ask('rules.get', { id: opened.packId })
    for (const { id } of opened.scenarios) void ask('scenario.get', { id })
    void ask('register.list', { collections: READ_AT_ONCE })
    void ask('twin.columns', {})
    void ask('twin.context', {})
  })
  const forget = () => answers.clear()
  const stops = [client.on('twin.changed', forget), client.on('scenario.changed', forget), client.on('register.changed', forget), client.onState(state => state === 'closed' && forget())]

  return {
    ...client,
    async call(name, input, options) {
      const key = keyOf(name, input)
      const ahead = answers.get(key)
      answers.delete(key)
      if (ahead) return (await ahead.catch(() => client.call(name, input, options))) as CallOutput<typeof name>
      const answer = await client.call(name, input, options)
      if (CHANGES_PROJECT.has(name) && !isSame(answer, project)) forget()
      return answer
    },
    close() {
      for (const stop of stops) stop()
      client.close()
    },
  }
}

const keyOf = (name: CallName, input: unknown): string => `${name} ${JSON.stringify(input)}`

/** What was opened is what was open. */
function isSame(answer: unknown, known: { readonly id: string; readonly twinHash: string } | null): boolean {
  const opened = (answer as Partial<CallOutput<'project.open'>> | null)?.project
  return known !== null && opened?.id === known.id && opened.twinHash === known.twinHash
}
