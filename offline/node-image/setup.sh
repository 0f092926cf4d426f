#!/bin/bash
# Turns a Debian root file system into Minikube's node ("kicbase"). Runs inside it, by chroot. Based on
# deploy/kicbase/Dockerfile of Minikube, whose files are in /kicbase. Left out because nothing here
# uses them: podman, cri-o, buildkit, nerdctl, NFS, the NVIDIA toolkit.
set -euo pipefail

install -D -m 644 /kicbase/10-network-security.conf /kicbase/11-tcp-mtu-probing.conf -t /etc/sysctl.d
install -D -m 644 /kicbase/containerd.toml /etc/containerd/config.toml
install -m 755 /kicbase/clean-install /kicbase/entrypoint -t /usr/local/bin
install -m 755 /kicbase/automount/minikube-automount -t /usr/sbin
install -m 644 /kicbase/automount/minikube-automount.service -t /usr/lib/systemd/system
install -D -m 755 /kicbase/scheduled-stop/minikube-scheduled-stop -t /var/lib/minikube/scheduled-stop
install -m 644 /kicbase/scheduled-stop/minikube-scheduled-stop.service -t /usr/lib/systemd/system
rm -rf /kicbase

# systemd starts only what the node needs.
find /lib/systemd/system/sysinit.target.wants/ -name systemd-tmpfiles-setup.service -delete
rm -f /lib/systemd/system/multi-user.target.wants/* /etc/systemd/system/*.wants/* \
  /lib/systemd/system/local-fs.target.wants/* /lib/systemd/system/basic.target.wants/* \
  /lib/systemd/system/sockets.target.wants/*{udev,initctl}*
echo "ReadKMsg=no" >> /etc/systemd/journald.conf
sed -i 's#OnBootSec=.*#OnBootSec=1min#' /usr/lib/systemd/system/systemd-tmpfiles-clean.timer
ln -sf /lib/systemd/systemd /sbin/init
systemctl disable udev.service
# systemd-binfmt would change the host's settings (minikube issue 17700).
systemctl mask systemd-binfmt.service
ln -sf /usr/lib/systemd/system/minikube-automount.service /etc/systemd/system/multi-user.target.wants/

# /etc/hosts, which Minikube writes, has precedence over DNS.
sed -i -E 's#^(hosts:\s*).*#\1files dns#' /etc/nsswitch.conf

# The container runtimes: docker is enabled; Minikube enables containerd where it is chosen.
ln -s /usr/sbin/dockerd /usr/bin/dockerd
sed -i '/^\[Service\]/a LimitNOFILE=1048576' /lib/systemd/system/containerd.service
if [ "${RESTRICT_OOM_SCORE_ADJ:-}" = 1 ]; then
  # No process here can lower its oom_score_adj. Without spaces around =, because Minikube would undo it.
  sed -i 's/restrict_oom_score_adj = false/restrict_oom_score_adj=true/' /etc/containerd/config.toml
fi
systemctl disable containerd.service docker.service docker.socket
systemctl enable ssh.service docker.socket docker.service
mkdir -p /opt/cni/bin /etc/kubernetes/manifests /kind
cp -a /usr/lib/cni/* /opt/cni/bin/

# A connection to a Service's address that kube-proxy doesn't translate (yet) would leave the node and may
# reach an unrelated host. The API server would keep such a connection to metrics-server open; when it is
# refused, it tries again.
cat > /etc/systemd/system/service-addresses.service << 'UNIT'
[Unit]
Description=Refuse Service addresses that are not translated
Before=docker.service containerd.service kubelet.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/iptables --wait --append OUTPUT --destination 10.96.0.0/12 --jump REJECT
ExecStart=/usr/sbin/iptables --wait --append FORWARD --destination 10.96.0.0/12 --jump REJECT
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable service-addresses.service

# Minikube connects by ssh as the user docker, with a key that it installs.
cat >> /etc/ssh/sshd_config << 'SSHD'
PubkeyAcceptedAlgorithms +ssh-rsa
HostkeyAlgorithms +ssh-rsa
PubkeyAuthentication yes
PasswordAuthentication no
SSHD
groupadd --force docker
useradd --create-home --shell /bin/bash --gid docker --groups sudo docker
passwd --delete docker
echo '%sudo ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/20-passwordless-sudo
chmod 0440 /etc/sudoers.d/20-passwordless-sudo
install -d -o docker -g docker -m 0700 /home/docker/.ssh
rm -f /etc/ssh/ssh_host_*_key* /var/lib/dbus/machine-id
ssh-keygen -A

echo "$VERSION_JSON" > /version.json
echo "kic! Built from package registries by todo-chatbot/offline" > /kic.txt
