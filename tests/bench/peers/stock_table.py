"""The sample skill as a Lambda handler that remembers its listeners by Amazon's DynamoDB adapter."""

import json
import os

from ask_sdk_dynamodb.adapter import DynamoDbAdapter
from stock_skill import Launch, builder


class LaunchAgain(Launch):
    def handle(self, handler_input):
        # Read, as Nightfeed does at a launch; neither writes.
        handler_input.attributes_manager.persistent_attributes.get("last")
        return super().handle(handler_input)


handler = builder(
    LaunchAgain, persistence_adapter=DynamoDbAdapter(table_name=os.environ["NIGHTFEED_TABLE"])
).lambda_handler()


def answer(body):
    return json.dumps(handler(json.loads(body), None))
