group "default" {
  targets = ["now", "slow"]
}

target "now" {
  dockerfile = "mount.Dockerfile"
  tags       = ["fast:now"]
}

target "slow" {
  dockerfile = "slow.Dockerfile"
  tags       = ["fast:slow"]
}
