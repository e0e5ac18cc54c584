import { describe, expect, it } from 'vitest'
import { loadMessages, LANGUAGES } from '#main/services/messages.ts'
import { scenarioCommandSchema } from '#shared/scenario/command-schema.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import { seededRandom } from '#shared/core/random.ts'
import { REJECTION_CODES } from '#shared/scenario/rejection.ts'
import { randomCommand, randomDocument } from '#tests/builders/random-scenario.ts'

describe.each(LANGUAGES)('texts of scenario edits in %s', language => {
  it.each(REJECTION_CODES)('explains the refusal %s', async code => {
    const t = await loadMessages(language)
    expect(t(`scenario:rejection.${code}`, { id: 'P1', index: 3, count: 2, limit: 9, name: 'A', point: 1, first: 1, second: 2, width: 3, soil: 's', from: 'a', to: 'b' })).not.toMatch(/rejection\.|\{\{/)
  })
  it('names every command', async () => {
    const t = await loadMessages(language)
    const random = seededRandom(3)
    for (const { shape } of scenarioCommandSchema.options) {
      const key = Array.from({ length: 50 }, () => executeCommand(randomDocument(random), randomCommand(random, randomDocument(random), shape.op.value))).find(result => result.ok)
      expect(key?.ok && t(key.value.labelKey)).not.toMatch(/^label|:/)
    }
  })
})
