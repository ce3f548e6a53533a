// The sample skill on Node's ask-sdk-core, behind ask-sdk-express-adapter, its verifiers on.
const express = require('express')
const Alexa = require('ask-sdk-core')
const { ExpressAdapter } = require('ask-sdk-express-adapter')

const typeOf = (input) => Alexa.getRequestType(input.requestEnvelope)

const launch = {
  canHandle: (input) => typeOf(input) === 'LaunchRequest',
  handle (input) {
    input.attributesManager.setSessionAttributes({ turns: 0 })
    const speech = 'Welcome to the sample. What would you like to hear about?'
    return input.responseBuilder.speak(speech).reprompt('What would you like to hear?').getResponse()
  }
}

const anyIntent = {
  canHandle: (input) => typeOf(input) === 'IntentRequest',
  handle (input) {
    const { intent } = input.requestEnvelope.request
    const said = Object.keys(intent.slots || {})
      .map((name) => Alexa.getSlot(input.requestEnvelope, name))
      .filter((slot) => slot && slot.value)
      .map((slot) => `${slot.name}, ${slot.value}`)
    if (input.requestEnvelope.session) {
      const attributes = input.attributesManager.getSessionAttributes()
      input.attributesManager.setSessionAttributes({ ...attributes, turns: (attributes.turns || 0) + 1 })
    }
    const speech = `You asked for ${intent.name.replace('.', ' ')}. ${said.join(' and ')}`
    return input.responseBuilder.speak(speech).reprompt('What else?').getResponse()
  }
}

const silent = {
  canHandle: (input) => /^(AudioPlayer\.|SessionEndedRequest)/.test(typeOf(input)),
  handle: (input) => input.responseBuilder.getResponse()
}

const anyFault = {
  canHandle: () => true,
  handle: (input) => input.responseBuilder.speak('Sorry, I had a problem.').getResponse()
}

const skill = Alexa.SkillBuilders.custom()
  .addRequestHandlers(launch, anyIntent, silent)
  .addErrorHandlers(anyFault)
  .create()
const app = express()
app.post('/alexa', new ExpressAdapter(skill, true, true).getRequestHandlers())
app.listen({ fd: Number(process.argv[2]) })
