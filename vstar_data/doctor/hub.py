"""The check of the Hub's token. The token itself is never shown, and the Hub is asked only on request."""

from __future__ import annotations

import os

from vstar_data.doctor.findings import Finding, note, ok, problem

_NAME = "hub token"
_LOGIN = "hf auth login (or set HF_TOKEN); public models and datasets need none"


def token(*, online: bool) -> Finding:
    """Looks whether there is a token.

    Args:
        online: Also ask the Hub whose it is.
    """
    from huggingface_hub import HfApi, constants, get_token
    from huggingface_hub.errors import HfHubHTTPError

    held = get_token()
    where = "HF_TOKEN" if os.environ.get("HF_TOKEN") else "the token file in HF_HOME"
    if held is None:
        return note(_NAME, "none", f"to push, or for private and gated models: {_LOGIN}")
    if not online:
        return ok(_NAME, f"from {where}; not tried", "doctor --online asks the Hub whose it is")
    try:
        told = HfApi().whoami()
    except HfHubHTTPError as raised:
        status = raised.response.status_code
        mend = "log in again: hf auth login" if status in (401, 403) else "try again later"
        return problem(_NAME, f"from {where}; {constants.ENDPOINT} answers {status}", mend)
    except Exception as raised:
        # A network fails in the terms of the HTTP library beneath.
        found = f"from {where}; {constants.ENDPOINT} cannot be asked: {type(raised).__name__}"
        return problem(_NAME, found, "check the network, a proxy (HTTPS_PROXY) and HF_HUB_OFFLINE")
    role = told.get("auth", {}).get("accessToken", {}).get("role")
    owner = f"from {where}; {told.get('name', 'somebody')}" + (f", may {role}" if role else "")
    if role == "read":
        return note(_NAME, owner, "to push, make a token that may write: hf auth login")
    return ok(_NAME, owner)
