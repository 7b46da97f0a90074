"""Publishing a dataset on the Hugging Face Hub: a version is one commit and one tag. Heavy libraries load when used."""

from vstar_data.hub.options import PushOptions
from vstar_data.hub.push import Pushed, push

__all__ = ["PushOptions", "Pushed", "push"]
