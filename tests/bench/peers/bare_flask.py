"""A Flask route that answers constant JSON: the least that any skill on Flask does."""

from flask import Flask

app = Flask(__name__)


@app.post("/alexa")
def alexa():
    return {"version": "1.0", "response": {"shouldEndSession": True}}
