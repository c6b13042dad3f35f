# Runs every scenario against the server that the environment names, and prints what came of them as one line of JSON.
import json
import os

import openai

client = openai.OpenAI(base_url=os.environ["BASE_URL"], api_key=os.environ["API_KEY"], max_retries=0)
stranger = client.with_options(api_key="sk-or-v1-" + "0" * 64)

PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string", "description": "The name of the city"}},
    "required": ["city"],
    "additionalProperties": False,
}
TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": PARAMETERS}}]


def say(text):
    return [{"role": "user", "content": "Say exactly: " + text}]


def run(model, provider):
    extra = {"provider": {"order": [provider]}}
    whole = client.chat.completions.create(model=model, messages=say("Guten Tag"), extra_body=extra)
    stream = client.chat.completions.create(
        model=model, messages=say("one two three four five"), stream=True, extra_body=extra
    )
    chunks = list(stream)
    called = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": "What is the weather in Lisbon?"}],
        tools=TOOLS,
        tool_choice="required",
        extra_body=extra,
    )
    return {
        "text": whole.choices[0].message.content,
        "cost": whole.usage.cost,
        "streamed": "".join(c.choices[0].delta.content or "" for c in chunks if c.choices),
        "streamed_tokens": chunks[-1].usage.completion_tokens,
        "arguments": json.loads(called.choices[0].message.tool_calls[0].function.arguments),
    }


def failure(call):
    try:
        call()
    except openai.APIError as error:
        return type(error).__name__
    return "no error"


def broken_stream():
    text = ""
    try:
        for chunk in client.chat.completions.create(
            model=os.environ["BROKEN_MODEL"], messages=say("one two three four five"), stream=True
        ):
            text += chunk.choices[0].delta.content or ""
    except openai.APIError as error:
        return {"text": text, "error": type(error).__name__}
    return {"text": text, "error": "no error"}


scenarios = json.loads(os.environ["SCENARIOS"])
first = scenarios[0]["model"]
print(
    json.dumps(
        {
            "results": [run(**scenario) for scenario in scenarios],
            "failures": [
                failure(lambda: client.chat.completions.create(model="nobody/nothing", messages=say("Hi"))),
                failure(lambda: client.chat.completions.create(model=first, messages=say("Hi"), temperature=3)),
                failure(lambda: stranger.chat.completions.create(model=first, messages=say("Hi"))),
            ],
            "mid_stream": broken_stream(),
            "models": len(list(client.models.list())),
        }
    )
)
