import { parentPort } from 'node:worker_threads'
import { CheckHelper, type HelpOrder } from '../services/check/check-helper.ts'

/** Takes part in the checks of the check worker, beside it. */
const port = parentPort!
const helper = new CheckHelper()

port.on('message', (order: HelpOrder) => {
  port.postMessage(helper.answer(order))
})
