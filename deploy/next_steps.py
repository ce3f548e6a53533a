"""What to type once the bundle is there."""

from skill.listen.feed import FEED_FILE
from skill.listen.recordings import FOREVER, KINDS
from skill.listen.site import MANIFEST

SHORT = 300
"""Seconds for which pages and feed may be kept."""


def next_steps(python: str) -> str:
    """The commands, for a bundle that was built for that version of Python."""
    lasting = f'--cache-control "public, max-age={FOREVER}, immutable"'
    changing = f'--cache-control "public, max-age={SHORT}"'
    recordings = "".join(
        f'  aws s3 sync dist/site/audio s3://BUCKET/audio --exclude "*" --include "*{ending}" '
        f'--content-type "{kind}" {lasting}\n'
        for ending, kind in KINDS.items()
    )
    named = "".join(
        f'  aws s3 cp dist/site/{name} s3://BUCKET/{name} --content-type "{kind}" {changing}\n'
        for name, kind in ((FEED_FILE, "application/rss+xml"), (MANIFEST, "application/manifest+json"))
    )
    others = " ".join(f'--exclude "{name}"' for name in ("audio/*", "assets/*", FEED_FILE, MANIFEST))
    return f"""
Next, recordings and pages first, so that the skill names none that are not there. ADDRESS and BUCKET are
outputs of the stack: the first time, begin with the last step, and end with it once more.

  nightfeed publish --out dist/site --base-url ADDRESS
{recordings}  aws s3 sync dist/site/assets s3://BUCKET/assets {lasting}
  aws s3 sync dist/site s3://BUCKET --exclude ".nightfeed*" {others} {changing}
{named}  sam deploy --guided --template-file deploy/template.yaml --stack-name nightfeed --region eu-west-1 \\
    --capabilities CAPABILITY_IAM --parameter-overrides Runtime=python{python}
"""
